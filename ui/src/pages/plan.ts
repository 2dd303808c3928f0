/** As much of a page's plan as the window shows. The desk alone reads and changes it. */
export interface PlanItem {
  readonly title?: string;
  readonly text?: string;
  readonly value?: string;
  readonly photo?: string;
}

export interface PlanSection {
  readonly id: string;
  readonly kind: string;
  readonly layout: string;
  readonly tone?: string;
  readonly heading?: string;
  readonly lead?: string;
  readonly photo?: string;
  readonly items?: readonly PlanItem[];
}

export interface PagePlan {
  readonly theme: {
    readonly palette: string;
    readonly brand?: string;
    readonly pairing: string;
    readonly corners: string;
    readonly density: string;
    readonly scheme: string;
  };
  readonly sections: readonly PlanSection[];
}

/** The plan of a page; nothing where there is none, as for a page of an older Deskhand. */
export function planOf(json: string): PagePlan | null {
  try {
    const plan: unknown = JSON.parse(json);
    const isPlan =
      typeof plan === 'object' && plan !== null && 'sections' in plan && 'theme' in plan;
    return isPlan ? (plan as PagePlan) : null;
  } catch {
    return null;
  }
}
