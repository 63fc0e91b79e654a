package io.vestibule.local.host;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The staff's door, and a way to be signed in without a browser: it goes the whole way there, as a
 * browser would.
 */
final class StaffDesk implements WebServer.Site {

  static final String LOGIN = LocalPages.ROOT + "staff/login";

  private final HttpApi door;
  private final LocalIssuer issuer;

  StaffDesk(HttpApi door, LocalIssuer issuer) {
    this.door = door;
    this.issuer = issuer;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    return request.path().equals(LOGIN) ? login(request) : door.answer(request);
  }

  private WebResponse login(WebRequest request) {
    var as = request.query().replaceFirst("^as=", "");
    if (!Visitor.isWelcome(request) || !LocalIssuer.PEOPLE.contains(as)) {
      return WebResponse.message(404, "There is " + String.join(", ", LocalIssuer.PEOPLE));
    }
    var begun = door.answer(get(request, URI.create("/staff/login"), List.of()));
    var there = URI.create(location(begun) + "&as=" + as);
    var back = issuer.answer(get(request, there, List.of()));
    return door.answer(get(request, URI.create(location(back)), cookies(begun)));
  }

  private static WebRequest get(WebRequest request, URI uri, List<String> cookies) {
    var headers = new TreeMap<>(request.headers());
    headers.remove("cookie");
    if (!cookies.isEmpty()) {
      headers.put("cookie", List.of(String.join("; ", cookies)));
    }
    var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    return new WebRequest("GET", uri.getRawPath(), query, request.protocol(), headers, new byte[0]);
  }

  private static String location(WebResponse response) {
    return values(response, "location").getFirst();
  }

  private static List<String> cookies(WebResponse response) {
    return values(response, "set-cookie").stream()
        .map(cookie -> cookie.replaceFirst(";.*", ""))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> values(WebResponse response, String name) {
    return response.headers().stream()
        .filter(header -> header.getKey().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }
}
