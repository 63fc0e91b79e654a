package io.vestibule.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Redacted;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.NewSubmissions;
import io.vestibule.web.Cors;
import io.vestibule.web.Endpoint;
import io.vestibule.web.Languages;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import io.vestibule.web.Script;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /forms/{form}}: shows a form, takes what is posted to it; the script that pages with a
 * form may have; and {@code /privacy}, which leads to a form. Everything else is not found.
 */
public final class IntakeHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeHandler.class);
  private static final String METHODS = "GET, HEAD, POST, OPTIONS";

  private final Service service;
  private final Forms forms = new Forms();
  private final Languages languages = new Languages(new Wordings());
  private final Pages pages = new Pages(Business.load(), languages);
  private final Script script = new Script();
  private final Endpoint endpoint = new Endpoint(languages, pages, IntakeHandler::failed);
  private final FormPage page;
  private final FormPost post;

  /** For Lambda. */
  public IntakeHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Everything that it needs, from its environment. */
  public IntakeHandler(Env env, Clock clock) {
    record Tables(
        Service service,
        String submissions,
        String requests,
        String sealingKeys,
        String systemKeys) {}
    var tables =
        env.read(
            from ->
                new Tables(
                    Service.read(from),
                    from.text("SUBMISSIONS_TABLE"),
                    from.text("REQUESTS_TABLE"),
                    from.text("SEALING_KEYS_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE")));
    this.service = tables.service();
    var dynamoDb = AwsClients.dynamoDb(env);
    var sealingKey = new CurrentSealingKey(new SealingKeys(dynamoDb, tables.sealingKeys()), clock);
    var submissions = new NewSubmissions(dynamoDb, tables.submissions());
    var requests = new NewSubmissions(dynamoDb, tables.requests());
    var random = new SecureRandom();
    var frontMac = new CurrentFrontMac(new SystemKeys(dynamoDb, tables.systemKeys()), clock);
    var nonces = new Nonces(frontMac, random, clock);
    var proofOfWork = new ProofOfWork(frontMac, random, clock);
    var ids = new SubmissionIds(frontMac, random);
    var acceptSubmission = new AcceptSubmission(ids, sealingKey, submissions, requests, clock);
    this.page = new FormPage(nonces, proofOfWork, pages);
    this.post =
        new FormPost(acceptSubmission, new Screening(nonces, proofOfWork), languages, page, pages);
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
      case "/forms/{form}" ->
          forms
              .find(request.parameter("form"))
              .map(form -> answer(request, wording, form))
              .orElseGet(() -> notFound(request, wording));
      case "$default" -> elsewhere(request, wording);
      default -> notFound(request, wording);
    };
  }

  /** Scripts of the form's origins may read every answer, a failure too. */
  private Reply answer(Request request, Wording wording, Form form) {
    var cors = new Cors(form.origins());
    return request.method().equals("OPTIONS")
        ? cors.preflight(request, METHODS)
        : cors.allow(request, endpoint.answer(request, () -> answer(request, wording, form, cors)));
  }

  private Reply answer(Request request, Wording wording, Form form, Cors cors) {
    return switch (request.method()) {
      case "GET", "HEAD" -> page.blank(request, wording, form);
      case "POST" -> post.answer(request, wording, form, cors);
      default -> pages.notAllowed(request, wording, METHODS);
    };
  }

  private static void failed(RuntimeException e) {
    LOG.error(
        "A request cannot be answered", OperatorCode.FORM_UNAVAILABLE.entry(), new Redacted(e));
    Counter.SUBMISSION_UNAVAILABLE.increment();
  }

  private Reply elsewhere(Request request, Wording wording) {
    return switch (request.path()) {
      case Script.PATH -> script(request, wording);
      case Links.PRIVACY -> privacy(request, wording);
      default -> notFound(request, wording);
    };
  }

  private Reply script(Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" -> script.reply();
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  /** A short address for everybody's privacy notice. */
  private Reply privacy(Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" -> Reply.seeOther(Links.privacyForm(request.query("lang")));
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  private Reply notFound(Request request, Wording wording) {
    return pages.problem(request, wording, Problem.of(Problem.Type.NOT_FOUND));
  }
}
