package io.vestibule.local.template;

import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** A deployment to an emulator outside of this process. */
@EnabledIf(value = "motoIsThere", disabledReason = "Not compared: moto_server is not on the PATH")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoServicesTest extends ServicesContract {

  @AutoClose private MotoServer moto;
  @AutoClose private Operator operator;

  static boolean motoIsThere() throws IOException, InterruptedException {
    return Command.run(List.of("moto_server", "--help"), "").succeeded();
  }

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
