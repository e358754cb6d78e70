/**
 * What can be scrolled to the right fades there until its end is reached: the table itself becomes lighter, so that it
 * looks the same in both themes. Without scroll timelines nothing fades, for at the end it would hide the last column.
 * A mask cuts the outline of the focus, and what a printer shows in full.
 */
const moreToTheRight = `@property --more{syntax:'<length>';inherits:false;initial-value:0px}@keyframes more{from,85%{--more:48px}to{--more:0px}}
@media screen{@supports(animation-timeline:scroll(self inline)){.scroll-x:not(:focus-visible){animation:more linear both;animation-timeline:scroll(self inline);mask-image:linear-gradient(to right,#000 calc(100% - var(--more)),rgb(0 0 0/.15))}}}`;

/** The look of the console (tokens and sizes) in one sheet, since a report is a file that must need nothing else. */
export const reportStyle = `
:root{color-scheme:light dark;--page:light-dark(#F6F7F8,#101317);--surface:light-dark(#FFFFFF,#181C21);--sunken:light-dark(#F1F3F5,#20252B);
--line:light-dark(#E3E6EA,#2B3139);--ink-1:light-dark(#15191E,#EDF0F3);--ink-2:light-dark(#434B54,#B8C0C9);--ink-3:light-dark(#5F6873,#929BA6);
--accent:light-dark(#0B7466,#3FC4AE);--accent-text:light-dark(#0B7466,#3FC4AE);--control:light-dark(#838C97,#737C87);--rise:#F04452;--fall:#3182F6;--rise-text:light-dark(#CF2337,#FF6F7A);--fall-text:light-dark(#1A61D4,#67A3FF);
--chart-quiet:light-dark(#838C97,#737C87);--chart-grid:light-dark(#EEF0F2,#242A31);--chart-mark:light-dark(#C9CFD6,#414953);
--font:'Noto Sans KR Variable','Noto Sans KR','Noto Sans CJK KR',system-ui,sans-serif}
:root[data-scheme=light]{color-scheme:light}:root[data-scheme=dark]{color-scheme:dark}
*{box-sizing:border-box;margin:0;padding:0}
html{font:400 14px/22px var(--font);color:var(--ink-1);background:var(--page)}
body{max-width:1232px;margin:0 auto;padding:20px 32px 48px;font-variant-numeric:tabular-nums;word-break:keep-all;overflow-wrap:break-word}
h1{font:700 20px/28px var(--font);letter-spacing:-.012em}h2{font:700 16px/24px var(--font);letter-spacing:-.012em;white-space:nowrap}
i{font-style:normal}ul{list-style:none}table{border-collapse:collapse;width:100%}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.head{display:flex;align-items:baseline;gap:4px 12px;flex-wrap:wrap;margin-bottom:12px;padding-right:120px;position:relative;min-height:32px}#scheme{position:absolute;right:0;top:0;font-size:13px;color:var(--ink-2)}.one-line{white-space:nowrap}.quiet,.meta{color:var(--ink-3)}.meta{font-size:13px}
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
.legend{display:flex;gap:12px;font:400 12px/18px var(--font);color:var(--ink-2)}.lg{white-space:nowrap}
.lg::before{content:'';display:inline-block;width:12px;margin-right:6px;vertical-align:4px;border-top:2px solid var(--chart-quiet)}.lg-mine::before{border-color:var(--accent)}
.chart.narrow{display:none}.tight th,.tight td{padding:0 6px}.chart{display:block;width:100%;height:auto;overflow:visible}.chart text{font:400 12px/18px var(--font);fill:var(--ink-3)}
.chart .t-strong{fill:var(--ink-1);font-weight:500}.chart .t-accent{fill:var(--accent);font-weight:700}.chart .t-down{fill:var(--fall-text);font-weight:700}
.c-grid{stroke:var(--chart-grid)}.c-base{stroke:var(--chart-mark)}.c-mine{stroke:var(--accent);stroke-width:2}.c-quiet{stroke:var(--chart-quiet);stroke-width:1.25}
.c-fall{stroke:var(--fall);stroke-width:1}.c-mine,.c-quiet,.c-fall{fill:none;stroke-linejoin:round;stroke-linecap:round}.c-soft{fill:var(--fall);opacity:.32}
.scroll-x{overflow-x:auto;position:relative}
${moreToTheRight}
.heat{table-layout:fixed;min-width:680px;border-collapse:separate;border-spacing:2px;padding:0 22px 18px;font-size:13px}
.heat th{font:400 12px/18px var(--font);color:var(--ink-3);height:24px}.heat tbody th{text-align:left}.heat th:first-child{width:44px}.heat th:nth-last-child(-n+2){width:60px;text-align:right}.hm-held{text-align:right;color:var(--ink-3)}
.hm{height:30px;text-align:center;border-radius:4px;font-size:12.5px}.hm-0{background:var(--sunken);color:var(--ink-2)}.hm-year{text-align:right;font-weight:700}
${tints('r', 'rise')}${tints('f', 'fall')}
.tbl{font-size:13px;line-height:20px}.tbl th{font:500 12px/18px var(--font);color:var(--ink-3);text-align:left;height:32px;white-space:nowrap}
.tbl th,.tbl td{padding:0 8px;border-bottom:1px solid var(--line)}.tbl td{height:36px;white-space:nowrap}.tbl tbody tr:last-child>*{border-bottom:0}
.tbl th:first-child,.tbl td:first-child{padding-left:24px}.tbl th:last-child,.tbl td:last-child{padding-right:24px}.tbl .n{text-align:right}
.tbl .name{font-weight:500}.tag{display:inline-block;padding:0 6px;border-radius:4px;background:var(--sunken);color:var(--ink-2);font:500 12px/20px var(--font)}
.tbl .n+td:not(.n),.tbl .n+th:not(.n){padding-left:24px}
.dl{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:6px 16px;font-size:13px}.dl dt{color:var(--ink-3)}.dl dd{text-align:right;white-space:nowrap;font-weight:500}
.dl .note{grid-column:1/-1;margin-top:-6px;font:400 12px/16px var(--font);color:var(--ink-3)}.gap{margin-bottom:12px}.big{font-size:20px;line-height:28px;color:var(--ink-1)}
.c-ink{stroke:var(--ink-1);stroke-width:1.25;fill:none;stroke-linejoin:round}.c-thin{stroke-width:1.5}.b-rise{fill:var(--rise);opacity:.62}.b-fall{fill:var(--fall);opacity:.62}
.k-up{fill:var(--rise)}.k-down{fill:var(--fall)}.k-wick{fill:none}.k-wick.k-up{stroke:var(--rise)}.k-wick.k-down{stroke:var(--fall)}
.chart .t-up,.chart .t-down{paint-order:stroke;stroke:var(--surface);stroke-width:3px;stroke-linejoin:round}.m-buy{fill:var(--rise-text)}.m-sell{fill:var(--fall-text)}.m-day{stroke:var(--ink-1);opacity:.45}.chart .t-up{fill:var(--rise-text);font-weight:700}
.fan-far{fill:var(--accent);opacity:.12}.fan-near{fill:var(--accent);opacity:.2}.inset{padding:0 24px}.hm.chosen{outline:2px solid var(--ink-1);outline-offset:-2px;font-weight:700}.heat.grid{min-width:0;width:auto}.heat.grid .hm{min-width:48px}.heat.grid tbody th{padding-right:8px}.heat.grid th,.heat.grid th:last-child{width:auto;text-align:center}.flush>.scroll-x+.say{padding-top:4px}
.g1{fill:var(--chart-mark)}.g2{fill:var(--chart-quiet);opacity:.6}.g3{fill:var(--chart-quiet)}.g-now{fill:var(--ink-1);stroke:var(--ink-1);stroke-width:3}.gauge{margin-bottom:12px;max-width:328px}
button,select,input{font:inherit;color:inherit;background:var(--surface);border:1px solid var(--control);border-radius:8px;min-height:32px;padding:0 10px}button{cursor:pointer;min-width:32px}
button:hover{background:var(--sunken)}input[type=range]{accent-color:var(--accent);flex:1;min-width:80px;padding:0;border:0;background:none}
.tools{display:flex;gap:8px;flex-wrap:wrap;align-items:center;margin-bottom:12px}.tools[hidden]{display:none}.tools select{max-width:180px}
.why .tools label:first-child{flex:1 0 100%}.why .tools select{width:100%;max-width:none}.why .tools label+label{flex:1}.why .tools input{width:100%}
button.link{border:0;background:none;padding:0;min-width:0;min-height:24px;color:var(--accent-text);text-decoration:underline;text-underline-offset:3px}
button.link:disabled{color:inherit;text-decoration:none;cursor:auto}
#candles svg,#minutes svg{cursor:crosshair}#minutes-bar:empty{display:none}#equity-day,#candles+.say,#minutes+.say,#minutes-bar:empty+.say{margin-top:8px}#equity-day{min-height:20px}#equity svg{cursor:crosshair}.why h3{font:500 13px/20px var(--font);color:var(--ink-2);margin:16px 0 4px}.why .say{margin-bottom:12px}
.reasons{list-style:none;counter-reset:r;display:grid;gap:10px;font-size:13px;line-height:20px}.reasons li{counter-increment:r;padding-left:28px;position:relative}
.reasons li::before{content:counter(r);position:absolute;left:0;top:1px;width:18px;height:18px;border-radius:9px;background:var(--sunken);color:var(--ink-2);font:500 11px/18px var(--font);text-align:center}
.reasons b,.checks b{font-weight:500}.reasons span,.checks span{display:block;color:var(--ink-3)}.checks{display:grid;gap:6px;font-size:13px;line-height:20px}
.checks li{padding-left:28px;position:relative}.checks i{position:absolute;left:4px;color:var(--ink-3)}.checks .yes i{color:var(--ink-1);font-weight:700}
.more{margin-top:12px;font-size:13px}.flush .more{margin:0}.flush .more>summary{padding:12px 24px}.more summary{cursor:pointer;color:var(--accent-text);min-height:24px}.more .tbl th:first-child,.more .tbl td:first-child{padding-left:0}.why-cell{color:var(--ink-3)}
h2:focus-visible{outline-offset:4px}
.say,.lines{font-size:13px;line-height:20px;color:var(--ink-2)}.say b{color:var(--ink-1)}.lines{display:grid;gap:8px;margin-top:8px}
.hash{font:400 11px/16px ui-monospace,monospace;color:var(--ink-3);overflow-wrap:anywhere;margin-top:12px}
@media(max-width:1000px){.two{grid-template-columns:minmax(0,1fr)}}
@media(max-width:720px){body{padding:16px 16px 32px}.card{padding:16px}.flush{padding:16px 0 0}.hero-number{font-size:32px;line-height:40px}.chart.wide{display:none}.chart.narrow{display:block}
.trips :is(th,td):nth-child(n+3):nth-child(-n+7){display:none}.heat th:first-child{position:sticky;left:0;background:var(--surface)}
.card.flush .tbl :is(th,td):first-child{padding-left:16px}.card.flush .tbl :is(th,td):last-child{padding-right:16px}.flush .card-head,.flush>.say,.inset{padding-left:16px;padding-right:16px}.stats{display:grid;grid-template-columns:1fr 1fr;gap:12px 24px;width:100%}.head{padding-right:100px}.head .meta{flex:1 0 100%}
.tools label:has(select){flex:1 0 100%}.tools select{width:100%;max-width:none}#minutes-card .tools button{order:1}}
@page{size:A4;margin:14mm 12mm}
@media print{:root,:root[data-scheme]{color-scheme:light;--page:#FFFFFF}html{font-size:11px}body{padding:0;max-width:none}.two{display:block}.stack{display:block}.card{break-inside:avoid;margin-bottom:10px;padding:12px 14px}.flush{break-inside:auto;padding:12px 0 0}
.scroll-x{overflow:visible}.tools,#scheme,#prices .say,#minutes-card .say,#equity-day,.more:not([open]){display:none}.stats{display:flex}.trips :is(th,td):nth-child(n+3):nth-child(-n+7){display:table-cell}.chart.wide{display:block}.chart.narrow{display:none}.heat{min-width:0;font-size:10px}.heat,.hm{font-size:10px}.tbl,.tbl th,.tag{font-size:10px;line-height:16px}.tbl td{height:24px}.tbl tr{break-inside:avoid}thead{display:table-header-group}
.tbl th:first-child,.tbl td:first-child{padding-left:14px}.tbl th,.tbl td{padding:0 4px}.hero-number{font-size:30px;line-height:36px}*{print-color-adjust:exact}}
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
