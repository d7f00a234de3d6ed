package io.bactrian.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What a key or a login is known by: 256 random bits. Only its SHA-256 is kept; that is enough for
 * what nobody can guess. Never printed by {@link #toString}.
 */
public final class Secret {
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("bk_[A-Za-z0-9_-]{43}");

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** A new one. */
  public static Secret random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret("bk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What somebody gave; anything may be in it. */
  public static Secret given(String text) {
    return new Secret(text);
  }

  /** Whether it can be one of ours at all. */
  public boolean isWellFormed() {
    return FORM.matcher(text).matches();
  }

  /** The secret itself, to be shown once to who asked for it. */
  public String reveal() {
    return text;
  }

  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "bk_***";
  }
}
