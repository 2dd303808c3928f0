//! Changing a page by hand: no model, no run, nothing kept. A page that is to be kept is run again with
//! its plan, as the assistant's hidden input.

use ::pages::PageChoices;
use ::pages::edit::Edit;
use assistant::Fault;
use assistant::artifact::PageResult;

use crate::Desk;

impl Desk {
    /// The page after some changes, in their order.
    ///
    /// # Errors
    /// When the plan of the page is damaged or a change cannot be made.
    pub fn change_page(&self, page: &PageResult, edits: &[Edit]) -> Result<PageResult, Fault> {
        ::pages::change(page, edits)
    }

    /// What a page can be made to look like, and of what.
    #[must_use]
    pub fn page_choices(&self) -> PageChoices {
        PageChoices::all()
    }
}
