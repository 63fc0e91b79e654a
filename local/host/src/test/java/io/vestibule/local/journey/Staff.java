package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.local.gateway.CallLog;
import io.vestibule.local.host.LocalHost;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A member of staff at a browser that follows no redirect by itself. */
final class Staff {

  private static final Pattern ENTRY = Pattern.compile("/staff/entries/([A-Za-z0-9_-]+)");
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private final HttpClient browser = HttpClient.newHttpClient();
  private final Map<String, String> csrf = new HashMap<>();
  private final LocalHost host;
  String cookie;

  /** Signs in as somebody who has a role. */
  Staff(LocalHost host, String role) throws Exception {
    this.host = host;
    this.cookie = "";
    this.cookie = session(get("/_local/staff/login?as=" + role));
  }

  /** Somebody with a cookie of their own. */
  static Staff with(LocalHost host, String cookie) throws Exception {
    var staff = new Staff(host, "viewer");
    staff.cookie = cookie;
    return staff;
  }

  /** The session that an answer sets, as the browser sends it back. */
  static String session(HttpResponse<?> answer) {
    return answer.headers().allValues("set-cookie").stream()
        .filter(it -> it.startsWith("__Host-staff="))
        .map(it -> it.replaceFirst(";.*", ""))
        .findFirst()
        .orElse("");
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(host.uri().resolve(path)).GET(), headers);
  }

  HttpResponse<String> head(String path) throws Exception {
    return send(HttpRequest.newBuilder(host.uri().resolve(path)).HEAD());
  }

  /** The page of the newest entry that nobody has taken up. */
  String newest() throws Exception {
    var entry = ENTRY.matcher(get("/staff/new").body());
    if (!entry.find()) {
      throw new AssertionError("there is no new entry");
    }
    return entry.group();
  }

  /** The entries to which a page leads, in its order. */
  static List<String> ids(String page) {
    return ENTRY.matcher(page).results().map((MatchResult it) -> it.group(1)).distinct().toList();
  }

  /** Whether a call is one that opens a person's key. */
  static boolean unwrapsAPerson(CallLog.Call call) {
    return call.operation().equals("Decrypt") && call.toString().contains("customer");
  }

  /** What the forms of this session's pages carry, all of them the same. */
  String csrf() throws Exception {
    var known = csrf.get(cookie);
    if (known != null) {
      return known;
    }
    var field = CSRF.matcher(get("/staff/none").body());
    if (!field.find()) {
      return "none";
    }
    csrf.put(cookie, field.group(1));
    return field.group(1);
  }

  /** Posts a form of one of the pages, as a browser does. */
  HttpResponse<String> posts(String path, Map<String, String> form) throws Exception {
    var all = new HashMap<>(form);
    all.put("csrf", csrf());
    return sends(path, all, "Sec-Fetch-Site", "same-origin", "Origin", host.uri().toString());
  }

  /** The same, with several boxes of one name ticked. */
  HttpResponse<String> posts(
      String path, Map<String, String> form, String name, Collection<String> ticked)
      throws Exception {
    var all = new HashMap<>(form);
    all.put("csrf", csrf());
    var boxes = ticked.stream().map(it -> "&" + name + "=" + URLEncoder.encode(it, UTF_8));
    return sends(
        path,
        encoded(all) + boxes.collect(Collectors.joining()),
        "Sec-Fetch-Site",
        "same-origin",
        "Origin",
        host.uri().toString());
  }

  /** Posts anything. */
  HttpResponse<String> sends(String path, Map<String, String> form, String... headers)
      throws Exception {
    return sends(path, encoded(form), headers);
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> sends(String path, String body, String... headers) throws Exception {
    return send(
        HttpRequest.newBuilder(host.uri().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)),
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws IOException, InterruptedException {
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("location").orElse("");
  }

  /** Where it is at the host. */
  URI uri(String path) {
    return host.uri().resolve(path);
  }
}
