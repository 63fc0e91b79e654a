package io.vestibule.local.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.ses.MailWithoutEvents;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** A deployment to an emulator outside of this process. */
@EnabledIf(value = "motoIsThere", disabledReason = "Not run: moto_server is not on the PATH")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class MotoServicesTest extends ServicesContract {

  @AutoClose private MotoServer moto;
  @AutoClose private BackendServer ses;
  @AutoClose private Operator operator;

  static boolean motoIsThere() throws IOException, InterruptedException {
    return Command.run(List.of("moto_server", "--help"), "").succeeded();
  }

  @BeforeAll
  void start() throws IOException {
    assumeTrue(
        MotoServer.isInstalled(), "moto_server is not on the PATH: nothing is compared with it");
    moto = MotoServer.start();
    ses = new BackendServer(new MailWithoutEvents(new Forward(moto.endpoint())));
    operator =
        new Operator(
            Sdk.client(DynamoDbClient.builder(), moto.endpoint()),
            Sdk.client(KmsClient.builder(), moto.endpoint()),
            Sdk.client(S3Client.builder().forcePathStyle(true), moto.endpoint()),
            Sdk.client(SesV2Client.builder(), ses.endpoint()));
  }

  @Override
  Operator operator() {
    return operator;
  }
}
