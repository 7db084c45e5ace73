// All tests of the demo pages, in one process: they share a server and a browser.
import "./pages/words.js";
import "./pages/member.js";
import "./pages/provider.js";
import "./pages/split.js";
import "./pages/everywhere.js";
import "./pages/client.js";
import "./pages/alone.js";
