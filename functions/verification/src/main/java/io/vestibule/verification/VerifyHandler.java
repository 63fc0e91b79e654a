package io.vestibule.verification;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.vestibule.core.Counter;
import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Redacted;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.rows.AnsweredRequests;
import io.vestibule.store.rows.Submissions;
import io.vestibule.web.AnswerPages;
import io.vestibule.web.Endpoint;
import io.vestibule.web.Languages;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /verify/{id}} and {@code /requests/{id}}: shows the button, takes its press, and asks for
 * new links.
 */
public final class VerifyHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(VerifyHandler.class);

  private final Service service;
  private final Forms forms = new Forms();
  private final Languages languages = new Languages(new Wordings());
  private final Pages pages = new Pages(Business.load(), languages);
  private final Endpoint endpoint = new Endpoint(languages, pages, VerifyHandler::failed);
  private final Answers answers;
  private final LinkPages submissions;
  private final LinkPages requests;

  /** For Lambda. */
  public VerifyHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Everything that it needs, from its environment. */
  public VerifyHandler(Env env, Clock clock) {
    record Tables(
        Service service,
        String submissions,
        String requests,
        String disclosures,
        String systemKeys) {}
    var tables =
        env.read(
            from ->
                new Tables(
                    Service.read(from),
                    from.text("SUBMISSIONS_TABLE"),
                    from.text("REQUESTS_TABLE"),
                    from.text("DISCLOSURES_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE")));
    this.service = tables.service();
    var dynamoDb = AwsClients.dynamoDb(env);
    var business = Business.load();
    var ofRequests =
        new ConfirmAddress(
            Destination.DELETION, new Submissions(dynamoDb, tables.requests()), clock);
    this.answers =
        new Answers(
            ofRequests,
            new AnsweredRequests(dynamoDb, tables.requests()),
            new Disclosures(dynamoDb, tables.disclosures()),
            new SystemKeys(dynamoDb, tables.systemKeys()),
            new AnswerPages(business, languages, forms),
            clock);
    this.submissions =
        new LinkPages(
            new ConfirmAddress(
                Destination.STORAGE, new Submissions(dynamoDb, tables.submissions()), clock),
            new SubmissionWording(forms, business, pages),
            pages);
    this.requests = new LinkPages(ofRequests, new RequestWording(pages, answers), pages);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return service.run(context, () -> endpoint.handle(event, this::answer));
  }

  /** Answers a request; whether it came from Lambda makes no difference here. */
  Reply answer(Request request) {
    return endpoint.answer(request, () -> route(request));
  }

  private Reply route(Request request) {
    Wording wording = languages.choose(request);
    return switch (request.route()) {
      case "/verify/{id}" ->
          // The ids of submissions begin with s or r.
          request.parameter("id").equals("confirmed")
              ? confirmed(request, wording)
              : link(submissions, request, wording);
      case "/verify/{id}/resend" -> resend(submissions, request, wording);
      case "/requests/{id}" -> link(requests, request, wording);
      case "/requests/{id}/resend" -> resend(requests, request, wording);
      case "/requests/{id}/receipt.json",
          "/requests/{id}/receipt.sig",
          "/requests/{id}/copy.json" ->
          file(request, wording, answers.file(request, lastOf(request.route())));
      case Links.RECEIPT_KEY -> file(request, wording, answers.key());
      default -> notFound(request, wording);
    };
  }

  private static void failed(RuntimeException e) {
    LOG.error(
        "A link cannot be looked up or pressed",
        OperatorCode.LINK_UNAVAILABLE.entry(),
        new Redacted(e));
    Counter.LINK_UNAVAILABLE.increment();
  }

  private Reply link(LinkPages links, Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" -> links.look(request, wording);
      case "POST" -> links.press(request, languages);
      default -> pages.notAllowed(request, wording, "GET, HEAD, POST");
    };
  }

  private Reply resend(LinkPages links, Request request, Wording wording) {
    return switch (request.method()) {
      case "POST" -> links.resend(request, languages);
      default -> pages.notAllowed(request, wording, "POST");
    };
  }

  private Reply file(Request request, Wording wording, Optional<Reply> file) {
    return switch (request.method()) {
      case "GET", "HEAD" -> file.orElseGet(() -> notFound(request, wording));
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  private static String lastOf(String route) {
    return route.substring(route.lastIndexOf('/') + 1);
  }

  private Reply confirmed(Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" ->
          request
              .query("form")
              .flatMap(forms::find)
              .map(form -> pages.confirmed(request, wording, form))
              .orElseGet(() -> notFound(request, wording));
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  private Reply notFound(Request request, Wording wording) {
    return pages.problem(request, wording, Problem.of(Problem.Type.NOT_FOUND));
  }
}
