package io.vestibule.local.kms;

import io.vestibule.local.aws.Refusal;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** The keys of one account in one region, and their aliases. In memory only. */
final class Keyring {

  private static final int AES_256_BYTES = 32;
  private static final Pattern ALIAS = Pattern.compile("alias/[a-zA-Z0-9/_-]{1,250}");
  private static final Pattern KEY_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}");

  private final String region;
  private final String account;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Key> keys = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();

  Keyring(String region, String account, Clock clock, SecureRandom random) {
    this.region = region;
    this.account = account;
    this.clock = clock;
    this.random = random;
  }

  Key create(KeySpec spec, String description, boolean multiRegion) {
    var id = newId(multiRegion);
    var identity =
        new Key.Identity(
            id, arn("key/" + id), region, account, spec, description, multiRegion, clock.instant());
    var key = new Key(identity, material(spec));
    keys.put(id, key);
    return key;
  }

  void alias(String name, Key target) throws Refusal {
    if (!ALIAS.matcher(name).matches() || name.startsWith("alias/aws/")) {
      throw new Refusal(400, "InvalidAliasNameException", "Invalid alias name: " + name);
    }
    if (aliases.putIfAbsent(name, target.identity().id()) != null) {
      throw new Refusal(
          400,
          "AlreadyExistsException",
          "An alias with the name %s already exists".formatted(arn(name)));
    }
  }

  /** Finds a key by its id, its ARN, the name of an alias or an alias's ARN. */
  Key find(String name) throws Refusal {
    var resource = withoutArn(name);
    if (!resource.startsWith("alias/")) {
      return findKey(name);
    }
    var id = aliases.get(resource);
    if (id == null) {
      throw notFound("Alias %s is not found.".formatted(arn(resource)));
    }
    return findKey(id);
  }

  /** Finds a key by its id or its ARN, as the operations demand that change a key. */
  Key findKey(String name) throws Refusal {
    var resource = withoutArn(name);
    var id = resource.startsWith("key/") ? resource.substring("key/".length()) : resource;
    if (!KEY_ID.matcher(id).matches()) {
      throw notFound("Invalid keyId '%s'".formatted(name));
    }
    return withId(id)
        .orElseThrow(() -> notFound("Key '%s' does not exist".formatted(arn("key/" + id))));
  }

  Optional<Key> withId(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** Lets go of the keys whose deletion is due, material and aliases included. */
  void dropWhatIsDue() {
    var now = clock.instant();
    keys.values().removeIf(key -> key.isDue(now));
    aliases.values().removeIf(id -> !keys.containsKey(id));
  }

  private Key.Material material(KeySpec spec) {
    return switch (spec) {
      case SYMMETRIC_DEFAULT ->
          new Key.Material.Symmetric(new SecretKeySpec(bytes(AES_256_BYTES), "AES"));
      case ECC_NIST_P256 -> new Key.Material.Signing(pair());
    };
  }

  private KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("this JDK has P-256", e);
    }
  }

  private String withoutArn(String name) throws Refusal {
    if (!name.startsWith("arn:")) {
      return name;
    }
    var prefix = arn("");
    if (!name.startsWith(prefix)) {
      throw notFound("Invalid arn " + name);
    }
    return name.substring(prefix.length());
  }

  private String arn(String resource) {
    return "arn:aws:kms:%s:%s:%s".formatted(region, account, resource);
  }

  /** A key's id as AWS forms it: a UUID, or for a multi-Region key {@code mrk-} and 32 digits. */
  private String newId(boolean multiRegion) {
    var hex = HexFormat.of().formatHex(bytes(16));
    return multiRegion
        ? "mrk-" + hex
        : hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})", "$1-$2-$3-$4-");
  }

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Refusal notFound(String message) {
    return new Refusal(400, "NotFoundException", message);
  }
}
