/// The look of a report's page, on a screen in two colour schemes, on a phone and on paper.
enum ReportStyle {
    static let sheet = """
        :root{--page:#fff;--card:#fff;--ink:#1f2023;--soft:#5f6368;--line:#dedfe3;--head:#f5f6f8;--accent:#0b63b0;
        color-scheme:light dark}
        @media screen and (prefers-color-scheme:dark){:root{--page:#121214;--card:#1b1b1d;--ink:#ececec;--soft:#a9adb3;
        --line:#36373b;--head:#232326;--accent:#7ab8f5}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0 auto;padding:2rem clamp(1rem,3vw,2.5rem) 3rem;max-width:84rem;background:var(--page);
        color:var(--ink);font:15px/1.5 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif}
        h1{font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.01em;margin:0;overflow-wrap:anywhere}
        h2{font-size:1.2rem;font-weight:650;margin:2.5rem 0 .9rem;padding-bottom:.35rem;border-bottom:1px solid var(--line)}
        h3{font-size:.95rem;font-weight:600;margin:1.6rem 0 .6rem;overflow-wrap:anywhere}
        .facts{margin:.45rem 0 0;color:var(--soft)}
        .facts span:not(:last-child)::after{content:" ·"}
        nav{margin:1rem 0 0;display:flex;flex-wrap:wrap;gap:.35rem 1.1rem}
        a{color:var(--accent);text-decoration:none}
        a:hover,a:focus-visible{text-decoration:underline}
        .table{overflow-x:auto;max-width:100%}
        table{border-collapse:collapse;font-size:.87rem;font-variant-numeric:tabular-nums}
        th,td{text-align:left;padding:.28rem .8rem;border-bottom:1px solid var(--line);font-weight:400;vertical-align:top}
        thead th{color:var(--soft);font-size:.8rem;white-space:nowrap}
        th:first-child,td:first-child{padding-left:.2rem}
        .number{text-align:right;white-space:nowrap}
        td strong{font-weight:650}
        .name{overflow-wrap:anywhere}
        tbody th{min-width:9rem;max-width:34rem;position:sticky;left:0;background:var(--page)}
        .card tbody th,article tbody th{background:var(--card)}
        .run{display:inline-flex;gap:.5rem;max-width:100%;vertical-align:top}
        .swatch{flex:none;width:26px;height:1.5em;display:flex;align-items:center}
        .legend{list-style:none;margin:0;padding:0;display:grid;gap:.25rem 1.5rem;font-size:.87rem;
        grid-template-columns:repeat(auto-fill,minmax(min(100%,16rem),1fr))}
        .parameters{margin:0 0 1rem;display:flex;flex-wrap:wrap;gap:.4rem .5rem;align-items:baseline;font-size:.87rem}
        .parameters div{display:flex;gap:.45rem;padding:.12rem .6rem;border:1px solid var(--line);border-radius:1rem;
        background:var(--head);max-width:100%;overflow-wrap:anywhere}
        .parameters div.lead{border:0;background:none;padding-left:0}
        .parameters dt{color:var(--soft)}
        .parameters dd{margin:0;font-variant-numeric:tabular-nums}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));gap:1rem;align-items:start}
        .cards.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
        div.table + .cards{margin-top:1.2rem}
        figure{margin:0}
        .card{border:1px solid var(--line);border-radius:.6rem;background:var(--card);padding:.8rem .9rem .7rem;min-width:0}
        .card>figcaption{font-weight:600;font-size:.93rem;overflow-wrap:anywhere;margin-bottom:.2rem}
        .card svg[role=img]{display:block;width:100%;height:auto}
        .card .table{margin-top:.2rem}
        .card table{width:100%}
        .card tbody th{min-width:8.5rem}
        .card th,.card td{padding-left:.4rem;padding-right:.4rem}
        .card tr:last-child th,.card tr:last-child td{border-bottom:0}
        details{border-top:1px solid var(--line);margin-top:.5rem;padding-top:.35rem}
        summary{cursor:pointer;color:var(--soft);font-size:.85rem}
        .note{color:var(--soft);font-size:.83rem;margin:.4rem 0 0}
        .step{color:var(--soft);font-weight:400;font-size:.83rem}
        .images{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start}
        .images figure{max-width:100%}
        .images img{display:block;max-width:100%;height:auto;max-height:48rem;object-fit:contain;border:1px solid var(--line);border-radius:.35rem;background:#fff}
        .images .pixels{image-rendering:pixelated}
        .images figcaption{font-size:.83rem;margin-top:.3rem;max-width:30rem}
        .texts{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,36rem),1fr));align-items:start}
        article{border:1px solid var(--line);border-radius:.6rem;background:var(--card);padding:.7rem 1rem;min-width:0}
        article .caption{margin:0 0 .3rem;font-size:.85rem}
        .text{overflow-x:auto;overflow-wrap:anywhere}
        .text>:first-child{margin-top:0}
        .text>:last-child{margin-bottom:0}
        .text h4,.text h5{margin:1rem 0 .4rem;font-size:1rem}
        pre{background:var(--head);border-radius:.4rem;padding:.6rem .8rem;overflow-x:auto;white-space:pre-wrap}
        code{font:.88em ui-monospace,"Cascadia Mono",Menlo,Consolas,"Liberation Mono",monospace}
        p code,li code,td code{background:var(--head);border-radius:.25rem;padding:.05rem .25rem}
        blockquote{margin:.6rem 0;padding-left:.8rem;border-left:3px solid var(--line);color:var(--soft)}
        footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--soft);font-size:.83rem}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        @media (max-width:40rem){body{padding-top:1.2rem}h1{font-size:1.4rem}.card svg[role=img]{overflow:visible}.card svg text{font-size:12.5px}th,td{padding:.28rem .5rem}.card{padding:.7rem}}
        @media print{@page{margin:14mm}body{padding:0;max-width:none;font-size:10pt}nav{display:none}
        h2,h3{break-after:avoid}.card,article,.images figure,tr{break-inside:avoid}
        .cards{grid-template-columns:1fr 1fr}.cards.small{grid-template-columns:repeat(3,1fr)}.table{overflow:visible}tbody th{position:static}
        details::details-content{content-visibility:visible;display:block;height:auto}summary{list-style:none}
        th,td{padding:.15rem .4rem}.card{border-color:#ccc;padding:.6rem}
        .card table{font-size:.72rem}.card thead th{font-size:.7rem}.card th,.card td{padding:.12rem .25rem}
        .card tbody th{min-width:4.2rem}.card .run{gap:.3rem}.card .swatch{width:16px}.note{font-size:.72rem}.card svg[role=img]{overflow:visible}.card svg text{font-size:12.5px}}
        """
}
