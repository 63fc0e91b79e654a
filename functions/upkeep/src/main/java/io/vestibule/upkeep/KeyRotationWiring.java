package io.vestibule.upkeep;

import static io.vestibule.store.Table.REQUESTS;
import static io.vestibule.store.Table.SEALING_KEYS;
import static io.vestibule.store.Table.SUBMISSIONS;
import static io.vestibule.store.Table.SYSTEM_KEYS;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.NewKeys;
import io.vestibule.keys.SigningKey;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Tables;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.SealingKeyUse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.kms.KmsClient;

/** What KeyRotationFunction is made of, from its environment. */
record KeyRotationWiring(Service service, RotateKeys rotateKeys, WatchKeys watchKeys) {

  static KeyRotationWiring of(Env env, Clock clock) {
    record Config(
        Service service,
        Tables tables,
        String keysetKeyArn,
        String ledgerKeyArn,
        String receiptKeyArn,
        String tableKeyArn) {

      List<String> keys() {
        return List.of(keysetKeyArn, ledgerKeyArn, receiptKeyArn, tableKeyArn);
      }
    }
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(from, SUBMISSIONS, REQUESTS, SEALING_KEYS, SYSTEM_KEYS),
                    from.text("KEYSET_KEY_ARN"),
                    from.text("LEDGER_KEY_ARN"),
                    from.text("RECEIPT_KEY_ARN"),
                    from.text("TABLE_KEY_ARN")));
    var tables = config.tables();
    var dynamoDb = AwsClients.dynamoDb(env);
    var sealingKeys = new SealingKeys(dynamoDb, tables.name(SEALING_KEYS));
    var newKeys =
        new NewKeys(
            KeysetKey.of(env, config.keysetKeyArn()),
            sealingKeys,
            new SystemKeys(dynamoDb, tables.name(SYSTEM_KEYS)),
            new NewKeys.Signers(
                SigningKey.of(env, config.ledgerKeyArn()),
                SigningKey.of(env, config.receiptKeyArn())),
            new SecureRandom());
    var use = new SealingKeyUse(dynamoDb, List.of(tables.name(SUBMISSIONS), tables.name(REQUESTS)));
    var kms = AwsClients.configure(KmsClient.builder(), env).build();
    return new KeyRotationWiring(
        config.service(),
        new RotateKeys(newKeys, sealingKeys, use, clock),
        new WatchKeys(kms, config.keys()));
  }
}
