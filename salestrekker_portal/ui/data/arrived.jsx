import { useEffect, useRef } from "react";

// Stands in what a link led to: when it is drawn, that comes into view and takes the focus. Drawn again, it stays.
export function Arrived() {
  const ref = useRef(null);
  useEffect(() => {
    const around = ref.current.closest("[data-arrived]");
    around.scrollIntoView({ block: "center" });
    around.focus({ preventScroll: true });
  }, []);
  return <span ref={ref} hidden />;
}
