package io.vestibule.delivery;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.AnalyticsCounts;
import io.vestibule.delivery.kind.Bot;
import io.vestibule.delivery.kind.StaffMail;
import io.vestibule.delivery.kind.Webhook;
import io.vestibule.delivery.kind.fxiaoke.FxiaokeCrm;
import io.vestibule.delivery.kind.listmonk.ListmonkLists;
import io.vestibule.delivery.kind.mailchimp.MailchimpAudience;
import io.vestibule.delivery.kind.zoho.ZohoCrm;
import io.vestibule.delivery.lane.Answers;
import io.vestibule.delivery.lane.Attempt;
import io.vestibule.delivery.lane.BackOff;
import io.vestibule.delivery.lane.CheckTarget;
import io.vestibule.delivery.lane.DrainLane;
import io.vestibule.delivery.lane.DrainLanes;
import io.vestibule.delivery.lane.KeptHandles;
import io.vestibule.delivery.lane.Kinds;
import io.vestibule.delivery.lane.OpenCustomer;
import io.vestibule.delivery.lane.Settle;
import io.vestibule.delivery.lane.TellCount;
import io.vestibule.delivery.lane.TellEnd;
import io.vestibule.delivery.lane.TellEntry;
import io.vestibule.delivery.lane.WithoutTarget;
import io.vestibule.delivery.secrets.LaneTokens;
import io.vestibule.delivery.secrets.TargetSecrets;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LaneSeal;
import io.vestibule.keys.OutsideNames;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Lanes;
import io.vestibule.store.keys.BindingPass;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.rows.AwaitedAnswers;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** What DeliverFunction is made of, from its environment. */
final class DeliverWiring {

  final Service service;
  final DrainLanes drainLanes;
  final CarryOutOrder carryOutOrder;

  private record Config(
      Service service,
      Tables tables,
      Targets targets,
      String keysetKeyArn,
      String secretsPrefix,
      String sender,
      String configurationSet) {

    static Config read(Env.Reader from) {
      return new Config(
          Service.read(from),
          Tables.read(
              from,
              Table.DELIVERIES,
              Table.LANES,
              Table.RECIPIENTS,
              Table.IDENTITIES,
              Table.CUSTOMERS,
              Table.ENTRIES,
              Table.ERASURES,
              Table.AUDIT,
              Table.REQUESTS,
              Table.SYSTEM_KEYS),
          Targets.of(from),
          from.text("KEYSET_KEY_ARN"),
          from.text("SECRETS_PREFIX"),
          from.text("SENDER_ADDRESS"),
          from.text("CONFIGURATION_SET"));
    }
  }

  DeliverWiring(Env env, Clock clock) {
    var config = env.read(Config::read);
    service = config.service();
    var targets = config.targets();
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var tables = config.tables();
    var systemKeys = new SystemKeys(dynamoDb, tables.name(Table.SYSTEM_KEYS));
    var identities = new Identities(dynamoDb, tables.name(Table.IDENTITIES));
    var entries = new Entries(dynamoDb, tables.name(Table.ENTRIES));
    var erased = new ErasedNumbers(dynamoDb, tables.name(Table.ERASURES));
    var recipients = new Recipients(dynamoDb, identities, tables.name(Table.RECIPIENTS));
    var deliveries = new Deliveries(dynamoDb, tables.name(Table.DELIVERIES));
    var answers =
        new Answers(recipients, new AwaitedAnswers(dynamoDb, tables.name(Table.REQUESTS)), clock);
    var lanes = new Lanes(dynamoDb, tables.name(Table.LANES));
    var audit = new AuditLog(dynamoDb, tables.name(Table.AUDIT));
    var forms = new Forms();
    var names = new OutsideNames(systemKeys, keysetKey, clock);
    var seal = new LaneSeal(systemKeys, keysetKey, clock);
    var kinds =
        kinds(env, config, new LaneTokens(lanes, seal), new KeptHandles(recipients, seal), clock);
    var binding =
        new IdentityBinding(
            systemKeys,
            new BindingPass(dynamoDb, tables.name(Table.SYSTEM_KEYS)),
            keysetKey,
            clock);
    var customers =
        new KnownCustomers(
            new CustomerRows(
                dynamoDb, identities, new Customers(dynamoDb, tables.name(Table.CUSTOMERS))),
            new CustomerKeys(keysetKey),
            binding);
    var openCustomer =
        new OpenCustomer(audit, new CustomersByNumber(identities, customers), erased, clock);
    var tellEntry = new TellEntry(forms, targets, entries, recipients, openCustomer, names, clock);
    var settle = new Settle(deliveries, lanes, new BackOff(new SecureRandom()), clock);
    var tellEnd = new TellEnd(recipients, erased, kinds, names, openCustomer, answers, clock);
    var tellCount = new TellCount(forms, targets, entries, kinds, clock);
    var attempt = new Attempt(tellEntry, tellEnd, tellCount, kinds, names, settle, clock);
    drainLanes =
        new DrainLanes(
            new DrainLane(lanes, deliveries, attempt, settle, clock),
            new WithoutTarget(deliveries, entries, recipients, answers, settle, clock),
            lanes,
            deliveries,
            targets,
            forms,
            clock);
    carryOutOrder =
        new CarryOutOrder(
            drainLanes,
            lanes,
            deliveries,
            settle,
            new CarryOutOrder.Repairs(
                new Backfill(forms, targets, entries, deliveries, recipients, clock),
                new CloseEnd(erased, recipients, deliveries, answers, clock),
                new FollowErasures(recipients, erased, deliveries)),
            new CheckTarget(targets, kinds),
            audit,
            clock);
  }

  private static Kinds kinds(
      Env env, Config config, LaneTokens laneTokens, KeptHandles handles, Clock clock) {
    var egress = new Egress();
    var ses = AwsClients.configure(SesV2Client.builder(), env).build();
    var secrets = AwsClients.configure(SecretsManagerClient.builder(), env).build();
    return new Kinds(
        Map.of(
            Target.Kind.MAIL, new StaffMail(ses, config.sender(), config.configurationSet()),
            Target.Kind.WEBHOOK, new Webhook(egress),
            Target.Kind.BOT, new Bot(egress, Optional.empty()),
            Target.Kind.ZOHO, new ZohoCrm(egress, laneTokens, clock),
            Target.Kind.FXIAOKE, new FxiaokeCrm(egress, laneTokens, clock),
            Target.Kind.MAILCHIMP, new MailchimpAudience(egress, clock),
            Target.Kind.LISTMONK, new ListmonkLists(egress, clock),
            Target.Kind.ANALYTICS, new AnalyticsCounts(egress, new SecureRandom())),
        new TargetSecrets(secrets, config.secretsPrefix(), clock),
        handles,
        clock);
  }
}
