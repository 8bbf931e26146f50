"use strict";
// What every page does: a key for the search box; facets folded where there is little room. All works without it.
document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        document.getElementById("find").focus();
    }
});

// The menu of a narrow screen begins at the page where one is.
const menu = document.querySelector(".top nav ul");
const here = menu?.querySelector("[aria-current]");
if (here && menu.scrollWidth > menu.clientWidth) {
    menu.scrollLeft = here.offsetLeft - menu.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
}

if (window.matchMedia("(max-width: 64rem)").matches) {
    for (const facet of document.querySelectorAll(".facets details[open]")) {
        facet.open = facet.querySelector(".chosen") !== null;
    }
}
