// From where one is to what one sees.
import { html, type TemplateResult } from "lit-html";
import { viewer } from "./parts/viewer";
import type { Route } from "./router";
import { findingScreen, findingsScreen, praiseScreen } from "./screens/findings";
import { finishScreen } from "./screens/finish";
import { hereScreen } from "./screens/here";
import { outboxScreen } from "./screens/outbox";
import { placeScreen } from "./screens/place";
import { patrolScreen, postsScreen } from "./screens/posts";
import { scanScreen } from "./screens/scan";
import { taskScreen } from "./screens/task";
import { todayScreen } from "./screens/today";
import type { State } from "./state";

type Screen = (state: State, route: Route) => TemplateResult;

const SCREENS: Readonly<Record<string, Screen>> = {
  today: todayScreen,
  task: taskScreen,
  place: placeScreen,
  finish: finishScreen,
  praise: praiseScreen,
  scan: scanScreen,
  here: hereScreen,
  posts: postsScreen,
  patrol: patrolScreen,
  findings: findingsScreen,
  finding: findingScreen,
  outbox: outboxScreen,
};

export function view(state: State, route: Route): TemplateResult {
  const screen = SCREENS[route.name] ?? todayScreen;
  return html`${screen(state, route)} ${viewer(state)}`;
}
