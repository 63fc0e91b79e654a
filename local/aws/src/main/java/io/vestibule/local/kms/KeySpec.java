package io.vestibule.local.kms;

/** The kinds of keys that the templates of this project ask for, by AWS's names. */
enum KeySpec {
  SYMMETRIC_DEFAULT("ENCRYPT_DECRYPT"),
  ECC_NIST_P256("SIGN_VERIFY");

  /** The only use that a key of this kind may be put to. */
  final String usage;

  KeySpec(String usage) {
    this.usage = usage;
  }
}
