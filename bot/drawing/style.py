"""How a drawing looks, on paper and on a light or a dark screen."""

from typing import Final

STYLE: Final = """
.drempel { --paper: #fff; --ink: #1c1c1c; --quiet: #555; --way: #6d7681;
  --plain: #fff; --edge: #6d7681; --good: #e4f4e6; --well: #2f7d3b;
  --other: #e5eefc; --beside: #3563a8; --end: #f0e7fb; --goal: #6b43a6;
  --amber: #fff3d6; --warn: #a35a00; --rose: #fde4e4; --bad: #b3001b;
  font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
@media (prefers-color-scheme: dark) {
.drempel { --paper: #16181c; --ink: #eee; --quiet: #b5b9c0; --way: #8b949e;
  --plain: #1f2329; --edge: #8b949e; --good: #17301c; --well: #5fb96d;
  --other: #1b2b45; --beside: #7ea8ea; --end: #2c2140; --goal: #b592ec;
  --amber: #3a2c0d; --warn: #e8a33d; --rose: #43191d; --bad: #ff7a7f; } }
.drempel .paper { fill: var(--paper); }
.drempel text { fill: var(--ink); font-size: 13px; }
.drempel .title { font-size: 20px; font-weight: 600; }
.drempel .name { fill: var(--quiet); font-size: 11px; }
.drempel .mark { font-size: 11px; }
.drempel .way { fill: none; stroke: var(--way); stroke-width: 1.5;
  stroke-linecap: round; }
.drempel .tip { fill: var(--way); }
.drempel .label { fill: var(--paper); }
.drempel .arrow text { font-size: 12px; }
.drempel .arrow:hover .way { stroke: var(--ink); stroke-width: 3; }
.drempel .shape { fill: var(--plain); stroke: var(--edge); stroke-width: 1.5; }
.drempel .begin .shape { fill: var(--ink); stroke: var(--ink); }
.drempel .begin text { fill: var(--paper); }
.drempel .flow .shape { fill: var(--other); stroke: var(--beside); }
.drempel .advice .shape { fill: var(--end); stroke: var(--goal); }
.drempel .played .shape { fill: var(--good); stroke: var(--well); }
.drempel .unplayed .shape { fill: var(--plain); stroke: var(--edge);
  stroke-dasharray: 5 4; }
.drempel .warning .shape { fill: var(--amber); stroke: var(--warn); }
.drempel .error .shape { fill: var(--rose); stroke: var(--bad); }
.drempel .changed .shape { stroke-width: 4.5; }
"""
