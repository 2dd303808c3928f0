/**
 * Drawing once more. WebKitGTK without a graphics card now and then loses a change of nearly the whole
 * page that comes while it is still busy with its first frames: of the first start only the language
 * could be seen in every second one, until something was touched.
 */
export function drawAgain(): void {
  const root = document.documentElement;
  requestAnimationFrame(() => {
    // What is not quite opaque is drawn whole, and so is what is opaque again.
    root.style.opacity = '0.999';
    requestAnimationFrame(() => root.style.removeProperty('opacity'));
  });
}
