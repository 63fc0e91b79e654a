package io.vestibule.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Pause;
import io.vestibule.store.Redacted;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.lambda.powertools.cloudformation.AbstractCustomResourceHandler;
import software.amazon.lambda.powertools.cloudformation.Response;

/**
 * The keys as CloudFormation asks for them, and is answered at the address that it gives.
 *
 * <p>It asks as soon as the role is there. IAM then still tells its other parts of it, and a
 * service that has not heard refuses. A first deployment that failed by that would have to be taken
 * down by hand, so what is refused is tried again while there is time.
 */
final class CustomResource extends AbstractCustomResourceHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CustomResource.class);
  private static final String PHYSICAL_ID = "vestibule-keys";

  private static final Duration BETWEEN = Duration.ofSeconds(5);

  /** For the answer to CloudFormation, which waits for an hour if there is none. */
  private static final Duration RESERVE = Duration.ofSeconds(15);

  private final Runnable rotate;
  private final Pause pause;

  CustomResource(Runnable rotate, Pause pause) {
    this.rotate = rotate;
    this.pause = pause;
  }

  @Override
  protected Response create(CloudFormationCustomResourceEvent event, Context context) {
    try {
      rotateOncePermitted(context);
      return Response.success(PHYSICAL_ID);
    } catch (RuntimeException | AssertionError e) {
      // The library would log the message, and for an error answer nothing at all.
      LOG.error("No key could be made", OperatorCode.SEALING_KEY_NOT_MADE.entry(), new Redacted(e));
      return Response.failed(PHYSICAL_ID);
    }
  }

  private void rotateOncePermitted(Context context) {
    while (true) {
      try {
        rotate.run();
        return;
      } catch (AwsServiceException e) {
        var left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
        if (!isRefused(e) || left.compareTo(BETWEEN) < 0) {
          throw e;
        }
        pause.rest(BETWEEN);
      }
    }
  }

  private static boolean isRefused(AwsServiceException e) {
    return e.awsErrorDetails() != null
        && "AccessDeniedException".equals(e.awsErrorDetails().errorCode());
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

  /** What an answer is made of, of an event as it came. */
  static CloudFormationCustomResourceEvent event(Map<String, Object> event) {
    var resource = new CloudFormationCustomResourceEvent();
    resource.setRequestType(text(event, "RequestType"));
    resource.setResponseUrl(text(event, "ResponseURL"));
    resource.setStackId(text(event, "StackId"));
    resource.setRequestId(text(event, "RequestId"));
    resource.setLogicalResourceId(text(event, "LogicalResourceId"));
    resource.setPhysicalResourceId(text(event, "PhysicalResourceId"));
    resource.setResourceType(text(event, "ResourceType"));
    return resource;
  }

  private static @Nullable String text(Map<String, Object> event, String name) {
    return event.get(name) instanceof String text ? text : null;
  }
}
