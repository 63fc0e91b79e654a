package io.vestibule.local.template;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A deployment to the services inside this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedServicesTest extends ServicesContract {

  @AutoClose private EmbeddedAws aws;

  @BeforeAll
  void start() throws IOException {
    aws = new EmbeddedAws();
  }

  @Override
  Operator operator() {
    return aws.operator;
  }
}
