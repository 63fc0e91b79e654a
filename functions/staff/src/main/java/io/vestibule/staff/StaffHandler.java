package io.vestibule.staff;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.store.Redacted;
import io.vestibule.web.staff.StaffAnswer;
import io.vestibule.web.staff.StaffCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Called by the staff's door, and by nobody else: decides who sees what, and opens it. */
public final class StaffHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(StaffHandler.class);
  private static final String CALLBACK = "/staff/callback";

  private final Service service;
  private final BeginSession beginSession;
  private final StaffRoutes routes;

  /** For Lambda. */
  public StaffHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Everything that it needs, from its environment. */
  public StaffHandler(Env env, Clock clock) {
    var wiring = new StaffWiring(env, clock);
    this.service = wiring.service;
    this.beginSession = wiring.beginSession;
    this.routes = wiring.routes;
  }

  /**
   * Answers the door.
   *
   * @throws IllegalStateException it cannot; without what may be somebody's data
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var call = Json.MAPPER.readValue(input, StaffCall.class);
    Json.MAPPER.writeValue(output, service.run(context, () -> answer(call, context)));
  }

  private StaffAnswer answer(StaffCall call, Context context) {
    try {
      var signIn = call.signIn();
      if (signIn != null) {
        return beginSession.run(signIn, call.request());
      }
      return call.request().path().equals(CALLBACK)
          ? StaffAnswer.page(beginSession.refused(call.request()))
          : routes.answer(
              Optional.ofNullable(call.session()), call.request(), context.getAwsRequestId());
    } catch (RuntimeException e) {
      // Lambda would log the message, and hand it to the door.
      var code = OperatorCode.STAFF_UNAVAILABLE.entry();
      LOG.error("A page for staff cannot be made", code, new Redacted(e));
      Counter.STAFF_UNAVAILABLE.increment();
      throw new IllegalStateException("a page for staff cannot be made", new Redacted(e));
    }
  }
}
