/** The look of the console (tokens and sizes) in one sheet, since a report is a file that must need nothing else. */
export const reportStyle = `
:root{color-scheme:light dark;--page:light-dark(#F6F7F8,#101317);--surface:light-dark(#FFFFFF,#181C21);--sunken:light-dark(#F1F3F5,#20252B);
--line:light-dark(#E3E6EA,#2B3139);--ink-1:light-dark(#15191E,#EDF0F3);--ink-2:light-dark(#434B54,#B8C0C9);--ink-3:light-dark(#5F6873,#929BA6);
--accent:light-dark(#0B7466,#3FC4AE);--rise:#F04452;--fall:#3182F6;--rise-text:light-dark(#CF2337,#FF6F7A);--fall-text:light-dark(#1A61D4,#67A3FF);
--chart-quiet:light-dark(#838C97,#737C87);--chart-grid:light-dark(#EEF0F2,#242A31);--chart-mark:light-dark(#C9CFD6,#414953);
--font:'Noto Sans KR Variable','Noto Sans KR','Noto Sans CJK KR',system-ui,sans-serif}
*{box-sizing:border-box;margin:0;padding:0}
html{font:400 14px/22px var(--font);color:var(--ink-1);background:var(--page)}
body{max-width:1232px;margin:0 auto;padding:20px 32px 48px;font-variant-numeric:tabular-nums;word-break:keep-all;overflow-wrap:break-word}
h1{font:700 20px/28px var(--font);letter-spacing:-.012em}h2{font:700 16px/24px var(--font);letter-spacing:-.012em;white-space:nowrap}
i{font-style:normal}ul{list-style:none}table{border-collapse:collapse;width:100%}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.head{display:flex;align-items:baseline;gap:12px;flex-wrap:wrap;margin-bottom:12px}.quiet,.meta{color:var(--ink-3)}.meta{font-size:13px}
.up{color:var(--rise-text)}.down{color:var(--fall-text)}.flat{color:var(--ink-3)}
.mark{font-size:.62em;margin-right:.35em;vertical-align:.17em}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.hero{display:flex;align-items:flex-end;justify-content:space-between;gap:24px;flex-wrap:wrap;margin-bottom:16px}
.hero-label{font:500 13px/20px var(--font);color:var(--ink-2)}.hero-number{font:700 40px/48px var(--font);letter-spacing:-.025em}
.hero-line{color:var(--ink-2);margin-top:2px}
.stats{display:flex;gap:16px 32px;flex-wrap:wrap}.stats dt,.stats small{font:400 12px/18px var(--font);color:var(--ink-3);white-space:nowrap}
.stats dd{font:700 16px/24px var(--font);white-space:nowrap}
.two{display:grid;grid-template-columns:minmax(0,1fr) 320px;gap:16px;align-items:start}.stack{display:grid;grid-template-columns:minmax(0,1fr);gap:16px}
.card{background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:20px 24px;min-width:0}
.flush{padding:20px 0 0;overflow:clip}.flush .card-head,.flush>.say{padding:0 24px}.flush>.say{padding-bottom:20px}
.card-head{display:flex;align-items:baseline;gap:8px;margin-bottom:12px;flex-wrap:wrap}.end{margin-left:auto;font-size:13px;color:var(--ink-3)}
.legend{display:flex;gap:12px;font:400 12px/18px var(--font);color:var(--ink-2)}.lg{display:flex;align-items:center;gap:6px}
.lg::before{content:'';width:12px;border-top:2px solid var(--chart-quiet)}.lg-mine::before{border-color:var(--accent)}
.chart{display:block;width:100%;height:auto;overflow:visible}.chart text{font:400 12px/18px var(--font);fill:var(--ink-3)}
.chart .t-strong{fill:var(--ink-1);font-weight:500}.chart .t-accent{fill:var(--accent);font-weight:700}.chart .t-down{fill:var(--fall-text);font-weight:700}
.c-grid{stroke:var(--chart-grid)}.c-base{stroke:var(--chart-mark)}.c-mine{stroke:var(--accent);stroke-width:2}.c-quiet{stroke:var(--chart-quiet);stroke-width:1.25}
.c-fall{stroke:var(--fall);stroke-width:1}.c-mine,.c-quiet,.c-fall{fill:none;stroke-linejoin:round;stroke-linecap:round}.c-soft{fill:var(--fall);opacity:.32}
.scroll-x{overflow-x:auto}
.heat{table-layout:fixed;min-width:680px;border-collapse:separate;border-spacing:2px;padding:0 22px 18px;font-size:13px}
.heat th{font:400 12px/18px var(--font);color:var(--ink-3);height:24px}.heat tbody th{text-align:left}.heat th:first-child{width:44px}.heat th:last-child{width:64px;text-align:right}
.hm{height:30px;text-align:center;border-radius:4px;font-size:12.5px}.hm-0{background:var(--sunken);color:var(--ink-2)}.hm-year{text-align:right;font-weight:700}
${tints('r', 'rise')}${tints('f', 'fall')}
.tbl{font-size:13px;line-height:20px}.tbl th{font:500 12px/18px var(--font);color:var(--ink-3);text-align:left;height:32px;white-space:nowrap}
.tbl th,.tbl td{padding:0 8px;border-bottom:1px solid var(--line)}.tbl td{height:36px;white-space:nowrap}.tbl tr:last-child td{border-bottom:0}
.tbl th:first-child,.tbl td:first-child{padding-left:24px}.tbl th:last-child,.tbl td:last-child{padding-right:24px}.tbl .n{text-align:right}
.tbl .name{font-weight:500}.tag{display:inline-block;padding:0 6px;border-radius:4px;background:var(--sunken);color:var(--ink-2);font:500 12px/20px var(--font)}
.tbl .n+td:not(.n),.tbl .n+th:not(.n){padding-left:24px}
.dl{display:grid;grid-template-columns:1fr auto;gap:4px 16px;font-size:13px}.dl dt{color:var(--ink-3)}.dl dd{text-align:right;white-space:nowrap;font-weight:500}
.say,.lines{font-size:13px;line-height:20px;color:var(--ink-2)}.say b{color:var(--ink-1)}.lines{display:grid;gap:8px;margin-top:8px}
.hash{font:400 11px/16px ui-monospace,monospace;color:var(--ink-3);overflow-wrap:anywhere;margin-top:12px}
@media(max-width:1000px){.two{grid-template-columns:minmax(0,1fr)}}
@media(max-width:720px){body{padding:16px 16px 32px}.card{padding:16px}.flush{padding:16px 0 0}.hero-number{font-size:32px;line-height:40px}.chart{min-width:560px}}
@media print{:root{color-scheme:light}body{padding:0;max-width:none}.card{break-inside:avoid}.flush{break-inside:auto}.scroll-x{overflow:visible}
*{print-color-adjust:exact}}
`;

/** Five tints of the heat map, in percent of the market colour. */
function tints(letter: string, colour: string): string {
  return [7, 14, 23, 34, 48]
    .map(
      (percent, index) =>
        `.hm-${letter}${index + 1}{background:color-mix(in oklab,var(--${colour}) ${percent}%,var(--surface))}`,
    )
    .join('');
}
