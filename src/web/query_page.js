/** The query page of a server: the form works without this; with it there are an editor and a quick answer. */

import { endpointDoor } from "./endpoint_door.js";
import { startWorkbench } from "./workbench.js";
import "./workbench.css";

const help = JSON.parse(document.getElementById("query-data").textContent);
startWorkbench(endpointDoor(help), help);
