package io.bactrian.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** API keys and the logins made with them. Each method is one transaction. Thread safe. */
public interface KeyBook {

  /**
   * Makes true: the key is known by its hash.
   *
   * @throws KeyRefused if another key that is not revoked has the name
   */
  ApiKey create(Principal principal, Secret secret, Duration validity);

  /** The key of a secret, also one that is no longer good. */
  Optional<ApiKey> find(Secret secret);

  /** All keys, newest first. */
  List<ApiKey> all();

  /** Makes true: the key with this name, or UUID, lets nobody in; false if there is none. */
  boolean revoke(String nameOrUuid);

  /** Makes true: the secret of a login stands for the key for so long. */
  void login(Secret session, UUID key, Duration validity);

  /** The key of a login that has not ended. */
  Optional<ApiKey> session(Secret session);

  /** Makes true: the login is over. */
  void logout(Secret session);
}
