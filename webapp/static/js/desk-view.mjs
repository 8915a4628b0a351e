// How the desk is looked at: the card at codings, the map, finding words, what is shown, passages.
import "./desk-beside.mjs";
import "./desk-card.mjs";
import "./desk-find.mjs";
import "./desk-map.mjs";
