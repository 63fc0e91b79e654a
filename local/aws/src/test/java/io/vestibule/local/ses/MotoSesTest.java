package io.vestibule.local.ses;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** moto's SES, read through the inbox that a run against an outside emulator uses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class MotoSesTest extends SesContract {

  private MotoServer moto;
  private SesV2Client ses;
  private Inbox inbox;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(
        MotoServer.isInstalled(), "moto_server is not on the PATH: nothing is compared with it");
    moto = MotoServer.start();
    ses = Sdk.client(SesV2Client.builder(), moto.endpoint());
    inbox = new OutsideInbox(moto.endpoint(), Clock.systemUTC());
  }

  @AfterAll
  void stop() {
    if (moto != null) {
      ses.close();
      moto.close();
    }
  }

  @Override
  SesV2Client ses() {
    return ses;
  }

  @Override
  Inbox inbox() {
    return inbox;
  }

  @Override
  void knownToDiffer(String how) {
    abort(how);
  }
}
