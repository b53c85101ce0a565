// Covers what the page before has left, from a link until the server has said what is here. Knows no rules: how many
// parts of an address say what it is about, it is told.
import { useEffect, useLayoutEffect } from "react";
import { useLocation } from "react-router";

const useBeforePaint = typeof window === "undefined" ? useEffect : useLayoutEffect;

export function Opening({ shows, parts, children }) {
  const { pathname } = useLocation();
  const opening = Boolean(shows) && subject(pathname, parts) !== shows;
  useBeforePaint(() => {
    if (!opening) return undefined;
    document.documentElement.setAttribute("data-opening", "");
    return () => document.documentElement.removeAttribute("data-opening");
  }, [opening]);
  return opening ? children : null;
}

function subject(pathname, parts) {
  const all = pathname.split("/").filter(Boolean);
  return all.slice(0, parts[all[0]] ?? all.length).join("/");
}
