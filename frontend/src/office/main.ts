// The office's client code: enhances what the server drew. Everything works on a part of the page, so it also runs on swapped fragments.
import "./style/main.scss";
import "./icons.svg?url";
import { answerBackLinks, closeMenus, openDrawer, reachWideTables, showCurrentStation, submitChoices } from "./frame";
import { openDialogs } from "./dialogs";
import { comparePictures } from "./compare";
import { askByAnswers } from "./conditions";
import { drawCharts } from "./chart-loader";
import { exportTables } from "./csv";
import { readFileDrops } from "./files";
import { readSelections } from "./lists";
import { askPositions } from "./position";
import { startRequests } from "./requests";
import { fillRosters } from "./roster";
import { focusSearch } from "./search";
import { switchTheme } from "./theme";
import { showRelativeTimes } from "./times";

function enhance(part: ParentNode): void {
  showRelativeTimes(part);
  readSelections(part);
  readFileDrops(part);
  comparePictures(part);
  askByAnswers(part);
  showCurrentStation(part);
  reachWideTables(part);
  fillRosters(part);
  askPositions(part);
  void drawCharts(part);
}

startRequests(enhance);
switchTheme();
focusSearch();
openDrawer();
closeMenus();
openDialogs();
exportTables();
answerBackLinks();
submitChoices();
enhance(document);
