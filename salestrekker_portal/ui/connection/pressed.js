// What is pressed while nothing gets through waits in line, and the person goes on to other pages meanwhile. An event
// therefore carries the address of the page that it was pressed on from the start, and says when that page was left.

// Where the tab is now: what these ask for is the page that is open when they travel.
const ARRIVALS = /\.(hydrate|hydrate_and_load|on_load_internal|update_vars_internal)$/;

let leftBehind = null;

/** Do what raises an event for the page at this path, also when the tab is on its way to another. */
export function pressedOn(path, press) {
  leftBehind = document.documentElement.hasAttribute("data-opening") ? path : null;
  try {
    press();
  } finally {
    leftBehind = null;
  }
}

/** The same events, those of our pages with their address; `address` puts it in. */
export function pressedHere(events, address) {
  return events.map((event) => {
    const ours = event.name?.startsWith("reflex___state") && !event.handler && !ARRIVALS.test(event.name);
    if (!ours) return event;
    if (event.event_actions?.once) window.pressWaits?.(event);
    return leftBehind ? { ...event, router_data: { pathname: leftBehind, asPath: leftBehind, query: {} } } : address(event);
  });
}

/** Called as an event leaves: `here` is where the tab is by now. */
export function leavesFrom(event, here) {
  if (event.router_data.pathname !== here.pathname) event.router_data.left = true;
}
