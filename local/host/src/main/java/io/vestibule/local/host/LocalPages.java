package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.host.Outcome.Failed;
import io.vestibule.local.host.Outcome.Returned;
import io.vestibule.local.ses.Inbox;
import io.vestibule.local.ses.Mail;
import java.io.IOException;
import java.time.Duration;

/** What the host answers itself, under {@code /_local/}: to see the run, and to steer it. */
final class LocalPages implements WebServer.Site {

  static final String ROOT = "/_local/";

  /** Where custom resources answer, followed by the secret of one. */
  static final String RESPONSES = ROOT + "cloudformation/";

  private static final String INVOKE = ROOT + "invoke/";
  private static final String CLOCK = ROOT + "clock";
  private static final String PARTNERS = ROOT + "partners/";
  private static final String BACKUPS = ROOT + "backups/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OverviewPage page;
  private final Inbox inbox;
  private final Functions functions;
  private final CustomResources customResources;
  private final BackupDesk backups;
  private final LatestCalls calls;
  private final ClockDesk clock;
  private final PartnerDesk partners;

  LocalPages(
      OverviewPage page,
      Inbox inbox,
      Functions functions,
      CustomResources customResources,
      BackupDesk backups,
      LatestCalls calls,
      ClockDesk clock,
      PartnerDesk partners) {
    this.page = page;
    this.inbox = inbox;
    this.functions = functions;
    this.customResources = customResources;
    this.backups = backups;
    this.calls = calls;
    this.clock = clock;
    this.partners = partners;
  }

  @Override
  public WebResponse answer(WebRequest request) {
    if (!Visitor.isWelcome(request)) {
      return WebResponse.message(403, "Only this machine, and no web page, may look in here");
    }
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    String path = request.path();
    if (method.equals("GET") && path.equals(ROOT)) {
      return page.render(request.query().equals("refresh"));
    }
    if (method.equals("GET") && path.equals(ROOT + "mail")) {
      return WebResponse.json(200, mails());
    }
    if (method.equals("GET") && path.equals(ROOT + "calls")) {
      return WebResponse.json(200, calls.json());
    }
    if (path.startsWith(PARTNERS)) {
      return partners.answer(path.substring(PARTNERS.length()), request);
    }
    if (method.equals("POST") && path.equals(CLOCK)) {
      return clock.move(request.body());
    }
    if (method.equals("POST") && path.equals(CLOCK + "/day")) {
      clock.move(Duration.ofDays(1));
      return WebResponse.seeOther(ROOT);
    }
    if (method.equals("POST") && path.startsWith(INVOKE)) {
      return invoke(path.substring(INVOKE.length()), request.body());
    }
    if (method.equals("POST") && path.startsWith(BACKUPS)) {
      return backups.press(path.substring(BACKUPS.length()))
          ? WebResponse.seeOther(ROOT + "#backups")
          : WebResponse.message(404, "Not Found");
    }
    if (method.equals("PUT") && path.startsWith(RESPONSES)) {
      return receive(customResources, path.substring(RESPONSES.length()), request.body());
    }
    return WebResponse.message(404, "Not Found");
  }

  private ArrayNode mails() {
    ArrayNode mails = JsonNodeFactory.instance.arrayNode();
    for (Mail mail : inbox.mails()) {
      ObjectNode json = mails.addObject();
      mail.to().forEach(json.putArray("to")::add);
      json.put("from", mail.headers().getOrDefault("From", ""))
          .put("replyTo", mail.headers().getOrDefault("Reply-To", ""))
          .put("subject", mail.subject());
      mail.headers().forEach(json.putObject("headers")::put);
      json.put("text", mail.text()).put("html", mail.html()).put("at", mail.at().toString());
    }
    return mails;
  }

  private WebResponse invoke(String function, byte[] body) {
    if (!functions.names().contains(function)) {
      return error(
          404,
          JSON.getNodeFactory()
              .textNode("There is no such function, but " + String.join(", ", functions.names())));
    }
    try {
      JsonNode event = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      return switch (functions.invoke(function, event, "by hand").outcome()) {
        case Returned(var value) -> WebResponse.json(200, value);
        case Failed failed -> error(500, failed.toJson());
      };
    } catch (IOException e) {
      return error(400, JSON.getNodeFactory().textNode("The event is not JSON"));
    }
  }

  /** Takes what a function answers about a resource; visible to tests. */
  static WebResponse receive(CustomResources customResources, String secret, byte[] body) {
    try {
      customResources.receive(secret, JSON.readTree(body));
      return WebResponse.text(200, "text/plain", "");
    } catch (IOException e) {
      return error(400, JSON.getNodeFactory().textNode("The response is not JSON"));
    }
  }

  private static WebResponse error(int status, JsonNode error) {
    return WebResponse.json(status, JSON.createObjectNode().set("error", error));
  }
}
