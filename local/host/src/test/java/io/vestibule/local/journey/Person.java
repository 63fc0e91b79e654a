package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.ses.Mail;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a browser, with a mailbox. */
public final class Person {

  private static final Pattern LINK =
      Pattern.compile("http://[^\\s\"<>]+/(?:verify|requests)/[^\\s\"<>]+");

  private final HttpClient browser = HttpClient.newHttpClient();
  private final LocalHost host;
  public final String address;

  public Person(LocalHost host, String address) {
    this.host = host;
    this.address = address;
  }

  /** Posts JSON to the contact form, and returns the submission's id. */
  public String submits(Map<String, String> fields) throws Exception {
    var answer = posts(fields);
    if (answer.statusCode() != 202) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  public HttpResponse<String> posts(Map<String, String> fields) throws Exception {
    var body = Json.MAPPER.createObjectNode().put("email", address);
    body.put("name", "Ada").put("message", "Hello");
    fields.forEach(body::put);
    return send(
        HttpRequest.newBuilder(host.uri().resolve("/forms/contact"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  /** Posts JSON to the form whose consent is required, and returns the submission's id. */
  public String signsUp() throws Exception {
    var body = Json.MAPPER.createObjectNode().put("email", address);
    body.put("consent.newsletter", "v1");
    var answer =
        send(
            HttpRequest.newBuilder(host.uri().resolve("/forms/newsletter"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  /** Gives a score in the form for feedback, confirms it, and waits until it is stored. */
  void rates(int score) throws Exception {
    var body = Json.MAPPER.createObjectNode().put("email", address).put("score", score);
    var answer =
        send(
            HttpRequest.newBuilder(host.uri().resolve("/forms/feedback"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    presses(link(json(answer).path("id").asText()));
    host.drain(Patience.LIMIT);
  }

  /** Posts JSON to the form by which people ask about their data, and returns the request's id. */
  public String asks(String kind) throws Exception {
    var answer = asks(Map.of("kind", kind));
    if (answer.statusCode() != 202) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  HttpResponse<String> asks(Map<String, String> fields) throws Exception {
    var body = Json.MAPPER.createObjectNode().put("email", address);
    fields.forEach(body::put);
    return send(
        HttpRequest.newBuilder(host.uri().resolve("/forms/privacy"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private static String page(String id) {
    return (id.startsWith("r") ? "/requests/" : "/verify/") + id;
  }

  /** The link of the newest mail, once everything that was handed in has gone its way. */
  public URI link() throws Exception {
    return link(newestMail());
  }

  /** The link of the newest mail about one row: mails of several rows come in any order. */
  public URI link(String id) throws Exception {
    return mails().reversed().stream()
        .filter(
            mail -> LINK.matcher(mail.html()).find()) // That a copy is ready is told without one.
        .map(Person::link)
        .filter(link -> link.getPath().endsWith("/" + id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no link to " + id + "; log: " + host.logs()));
  }

  /** The link in a mail that has one. */
  public static URI link(Mail mail) {
    var link = LINK.matcher(mail.html());
    if (!link.find()) {
      throw new AssertionError("no link in the mail");
    }
    return URI.create(link.group().replace("&amp;", "&"));
  }

  Mail newestMail() throws Exception {
    return mails().reversed().stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no mail to this mailbox; log: " + host.logs()));
  }

  public List<Mail> mails() throws Exception {
    host.drain(Patience.LIMIT);
    return host.inbox().mails().stream().filter(mail -> mail.to().contains(address)).toList();
  }

  public HttpResponse<String> get(URI link) throws Exception {
    return send(HttpRequest.newBuilder(link).GET());
  }

  /** A file, whatever is in it. */
  HttpResponse<byte[]> bytes(URI file) throws Exception {
    return browser.send(HttpRequest.newBuilder(file).GET().build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> head(URI link) throws Exception {
    return send(HttpRequest.newBuilder(link).method("HEAD", BodyPublishers.noBody()));
  }

  /** Presses the button of the page that the link leads to: without a consent. */
  public HttpResponse<String> presses(URI link) throws Exception {
    return presses(link, Map.of());
  }

  /** Presses a button that says more: consents, a deed, or "this was not me". */
  public HttpResponse<String> presses(URI link, Map<String, String> choice) throws Exception {
    var posted = new HashMap<>(choice);
    posted.put("token", token(link));
    posted.putIfAbsent("_lang", "en");
    return posts(link.resolve(link.getPath()), posted);
  }

  private static Map<String, String> consents(Map<String, String> fields) {
    var consents = new HashMap<>(fields);
    consents.keySet().removeIf(name -> !name.startsWith("consent."));
    return consents;
  }

  public HttpResponse<String> asksForANewLink(String id) throws Exception {
    return posts(host.uri().resolve(page(id) + "/resend"), Map.of("_lang", "en"));
  }

  /** Hands in, opens the mail, agrees to what they had ticked, and waits until it is stored. */
  public String becomesACustomer(Map<String, String> fields) throws Exception {
    var id = submits(fields);
    presses(link(id), consents(fields));
    host.drain(Patience.LIMIT);
    return id;
  }

  private HttpResponse<String> posts(URI uri, Map<String, String> form) throws Exception {
    var body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  /** What proves that somebody has the mail. */
  public static String token(URI link) {
    return link.getQuery().replaceFirst(".*token=([^&]+).*", "$1");
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.MAPPER.readTree(response.body());
  }
}
