package io.vestibule.local.template;

import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A deployment to an emulator outside of this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoServicesTest extends ServicesContract {

  @AutoClose private MotoServer moto;
  @AutoClose private Operator operator;

  @BeforeAll
  void start() throws IOException {
    moto = MotoServer.start();
    operator = Operator.at(moto.endpoint(), Sdk.REGION.id());
  }

  @Override
  Operator operator() {
    return operator;
  }
}
