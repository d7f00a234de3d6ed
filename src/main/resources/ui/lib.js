// Preact and htm are classic scripts of the page; this module hands them to the others.
export const { h, render, Fragment } = window.preact;
export const { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback } = window.preactHooks;
export const html = window.htm.bind(h);
export const Plot = window.uPlot;
