// A page is painted before its script has come to life, and on a slow phone somebody presses a button in between.
// That press is kept and repeated once the button works. Links, ticks and posted forms work without any script.
(function () {
  function works(node) {
    return Object.keys(node).some(function (key) { return key.indexOf("__reactProps") === 0; });
  }
  document.addEventListener("click", function (event) {
    var pressed = event.target.closest ? event.target.closest("button[type=button]") : null;
    if (!pressed || works(pressed)) return;
    var left = 200;
    var timer = setInterval(function () {
      left -= 1;
      if (works(pressed)) {
        clearInterval(timer);
        setTimeout(function () { pressed.click(); }, 80);
      } else if (left === 0 || !pressed.isConnected) {
        clearInterval(timer);
      }
    }, 50);
  }, true);
})();
