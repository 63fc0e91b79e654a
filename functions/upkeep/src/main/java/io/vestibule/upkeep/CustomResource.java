package io.vestibule.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.cloudformation.AbstractCustomResourceHandler;
import software.amazon.lambda.powertools.cloudformation.Response;

/** The keys as CloudFormation asks for them, and is answered at the address that it gives. */
final class CustomResource extends AbstractCustomResourceHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CustomResource.class);
  private static final String PHYSICAL_ID = "vestibule-keys";

  private final Runnable rotate;

  CustomResource(Runnable rotate) {
    this.rotate = rotate;
  }

  @Override
  protected Response create(CloudFormationCustomResourceEvent event, Context context) {
    try {
      rotate.run();
      return Response.success(PHYSICAL_ID);
    } catch (RuntimeException | AssertionError e) {
      // The library would log the message, and for an error answer nothing at all.
      LOG.error("No key could be made", OperatorCode.SEALING_KEY_NOT_MADE.entry(), new Redacted(e));
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
