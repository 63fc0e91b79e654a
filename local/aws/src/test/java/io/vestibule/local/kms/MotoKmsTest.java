package io.vestibule.local.kms;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.kms.KmsClient;

/** moto's KMS, so that the contract is not only our own reading of AWS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class MotoKmsTest extends KmsContract {

  private MotoServer moto;
  private KmsClient kms;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(
        MotoServer.isInstalled(), "moto_server is not on the PATH: nothing is compared with it");
    moto = MotoServer.start();
    kms = Sdk.client(KmsClient.builder(), moto.endpoint());
  }

  @AfterAll
  void stop() {
    if (moto != null) {
      kms.close();
      moto.close();
    }
  }

  @Override
  KmsClient kms() {
    return kms;
  }

  @Override
  void knownToDiffer(String how) {
    abort(how);
  }
}
