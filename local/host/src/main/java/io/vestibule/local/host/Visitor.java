package io.vestibule.local.host;

import java.util.Set;

/**
 * Decides who may see and steer the run: people and programs on this machine, and no web page.
 *
 * <p>A page that is open in a developer's browser can send requests to this machine, too. But such
 * a page cannot choose the Host header, so a name of its own that leads here (DNS rebinding) shows
 * in it. And a post that the page makes the browser send has the page's own Origin.
 */
final class Visitor {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private Visitor() {}

  static boolean isWelcome(WebRequest request) {
    String host = request.header("host").orElse("");
    boolean isThisMachine = host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
    boolean isOwnPage =
        request.header("origin").map(origin -> origin.equals("http://" + host)).orElse(true);
    return isThisMachine && (isOwnPage || READING.contains(request.method()));
  }
}
