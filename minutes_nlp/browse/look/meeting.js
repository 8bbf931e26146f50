"use strict";
// A passage and its entry in the lists beside the text light up together, by pointer or by keyboard; what a passage is
// (its title, which a mouse brings up) is shown to who touches it or comes to it by keyboard as well.
(() => {
    const panel = document.querySelector(".notes");
    const text = document.querySelector(".text");
    const told = document.querySelector(".told");
    let lit = [];

    function clear() {
        lit.forEach((element) => element.classList.remove("lit"));
        lit = [];
    }

    function light(ids, reveal) {
        clear();
        for (const id of ids) {
            const places = text.querySelectorAll(`mark[data-notes~="${CSS.escape(id)}"]`);
            const entry = panel.querySelector(`[data-note="${CSS.escape(id)}"]`);
            lit.push(...places);
            if (entry) {
                lit.push(entry);
                if (reveal && panel.scrollHeight > panel.clientHeight) {
                    const middle = entry.offsetTop - panel.offsetTop - panel.clientHeight / 2;
                    panel.scrollTop = Math.max(0, middle);
                }
            }
        }
        lit.forEach((element) => element.classList.add("lit"));
    }

    function follow(event) {
        const place = event.target.closest("[data-notes]");
        const entry = event.target.closest("[data-note]");
        if (place) {
            light(place.dataset.notes.split(" "), true);
        } else if (entry) {
            light([entry.dataset.note], false);
        } else {
            clear();
        }
    }

    function tell(place) {
        told.textContent = place?.title ?? "";
        told.hidden = !told.textContent;
    }

    document.addEventListener("click", (event) => {
        const selecting = !document.getSelection().isCollapsed;
        tell(selecting ? null : text.contains(event.target) ? event.target.closest("[data-notes]") : null);
    });
    document.addEventListener("focusin", (event) => {
        tell(text.contains(event.target) ? event.target.closest("[data-notes]") : null);
    });
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") tell(null);
    });

    for (const element of [panel, text]) {
        element.addEventListener("mouseover", follow);
        element.addEventListener("focusin", follow);
        element.addEventListener("mouseleave", clear);
    }
})();
