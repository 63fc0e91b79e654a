package io.vestibule.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.keys.KeyFactory;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.ReceiptKey;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Redacted;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.SealingKeyUse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.cloudformation.AbstractCustomResourceHandler;
import software.amazon.lambda.powertools.cloudformation.Response;

/**
 * Rotates the sealing key: daily, by a schedule; and once while the stack is made or changed, as a
 * custom resource, because without a key nothing can be taken in.
 */
public final class KeyRotationHandler
    implements RequestHandler<CloudFormationCustomResourceEvent, @Nullable Void> {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRotationHandler.class);
  private static final String PHYSICAL_ID = "vestibule-keys";

  private final Service service;
  private final RotateKeys rotateKeys;

  public KeyRotationHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public KeyRotationHandler(Env env, Clock clock) {
    record Config(
        Service service,
        String submissions,
        String requests,
        String sealingKeys,
        String systemKeys,
        String keysetKeyArn,
        String receiptKeyArn) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    from.text("SUBMISSIONS_TABLE"),
                    from.text("REQUESTS_TABLE"),
                    from.text("SEALING_KEYS_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE"),
                    from.text("KEYSET_KEY_ARN"),
                    from.text("RECEIPT_KEY_ARN")));
    this.service = config.service();
    var dynamoDb = AwsClients.dynamoDb(env);
    var sealingKeys = new SealingKeys(dynamoDb, config.sealingKeys());
    this.rotateKeys =
        new RotateKeys(
            new KeyFactory(
                KeysetKey.of(env, config.keysetKeyArn()),
                sealingKeys,
                new SystemKeys(dynamoDb, config.systemKeys()),
                ReceiptKey.of(env, config.receiptKeyArn()),
                new SecureRandom()),
            sealingKeys,
            new SealingKeyUse(dynamoDb, List.of(config.submissions(), config.requests())),
            clock);
  }

  /** A schedule's event names no request: only CloudFormation's do, and want an answer. */
  @Override
  public @Nullable Void handleRequest(CloudFormationCustomResourceEvent event, Context context) {
    return service.run(
        context,
        () -> {
          if (event.getRequestType() == null) {
            rotate();
          } else {
            new CustomResource().handleRequest(event, context);
          }
          return null;
        });
  }

  /** Counts the new key before it looks for old ones: a late key is an alarm, an old one is not. */
  private void rotate() {
    LOG.info("Sealing key {} is current", rotateKeys.rotate());
    Counter.SEALING_KEY_ROTATED.increment();
    for (String id : rotateKeys.destroyEnded()) {
      LOG.info("Sealing key {} is destroyed", id);
      Counter.SEALING_KEY_DESTROYED.increment();
    }
  }

  /** What CloudFormation asks for, and is answered at the address that it gives. */
  private final class CustomResource extends AbstractCustomResourceHandler {

    @Override
    protected Response create(CloudFormationCustomResourceEvent event, Context context) {
      try {
        rotate();
        return Response.success(PHYSICAL_ID);
      } catch (RuntimeException | AssertionError e) {
        // The library would log the message, and for an error answer nothing at all.
        LOG.error(
            "No key could be made", OperatorCode.SEALING_KEY_NOT_MADE.entry(), new Redacted(e));
        return Response.failed(PHYSICAL_ID);
      }
    }

    @Override
    protected Response update(CloudFormationCustomResourceEvent event, Context context) {
      return create(event, context);
    }

    /** The keys stay: what was sealed with them is still there, as the tables are. */
    @Override
    protected Response delete(CloudFormationCustomResourceEvent event, Context context) {
      return Response.success(PHYSICAL_ID);
    }
  }
}
