package io.bactrian.store;

import io.bactrian.access.ApiKey;
import io.bactrian.access.KeyBook;
import io.bactrian.access.KeyRefused;
import io.bactrian.access.Principal;
import io.bactrian.access.Secret;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;

/** The tables {@code api_keys} and {@code api_sessions}. */
public final class KeyTable implements KeyBook {
  private static final String KEY =
      """
      select k.key_id, k.name, k.permissions, k.namespaces, k.created_at, k.expires_at,
             k.revoked_at, k.revoked_at is null and k.expires_at > engine_now() as good
      from api_keys k
      """;

  private final Database database;

  public KeyTable(Database database) {
    this.database = database;
  }

  private static final String CREATE =
      """
      insert into api_keys (name, key_hash, permissions, namespaces, expires_at)
      values (:name, :hash, cast(:permissions as text[]), cast(:namespaces as text[]),
              engine_now() + :seconds * interval '1 second')
      """;

  @Override
  public ApiKey create(Principal principal, Secret secret, Duration validity) {
    try {
      database.commit(
          Fact.CREATE_KEY,
          () ->
              database
                  .jdbc()
                  .sql(CREATE)
                  .param("name", principal.name())
                  .param("hash", secret.hash())
                  .param("permissions", SqlArrays.texts(principal.permissions()))
                  .param("namespaces", principal.namespaces().map(SqlArrays::texts).orElse(null))
                  .param("seconds", validity.toSeconds())
                  .update());
    } catch (DuplicateKeyException e) {
      throw new KeyRefused(
          "there is a key %s already; allowed: another name, or revoke that one first"
              .formatted(principal.name()));
    }
    return find(secret).orElseThrow();
  }

  @Override
  public Optional<ApiKey> find(Secret secret) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(KEY + "where k.key_hash = :hash")
                .param("hash", secret.hash())
                .query(KeyTable::key)
                .optional());
  }

  @Override
  public List<ApiKey> all() {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(KEY + "order by k.created_at desc, k.name")
                .query(KeyTable::key)
                .list());
  }

  private static final String REVOKE =
      """
      update api_keys set revoked_at = engine_now()
      where (name = :key or cast(key_id as text) = :key) and revoked_at is null
      """;

  @Override
  public boolean revoke(String nameOrUuid) {
    return database.commit(
        Fact.REVOKE_KEY, () -> database.jdbc().sql(REVOKE).param("key", nameOrUuid).update() > 0);
  }

  private static final String LOGIN =
      """
      with over as (delete from api_sessions where expires_at < engine_now())
      insert into api_sessions (session_hash, key_id, expires_at)
      values (:hash, :key, engine_now() + :seconds * interval '1 second')
      """;

  @Override
  public void login(Secret session, UUID key, Duration validity) {
    database.commit(
        Fact.LOGIN,
        () -> {
          database
              .jdbc()
              .sql(LOGIN)
              .param("hash", session.hash())
              .param("key", key)
              .param("seconds", validity.toSeconds())
              .update();
        });
  }

  @Override
  public Optional<ApiKey> session(Secret session) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(
                    KEY
                        + """
                        join api_sessions s using (key_id)
                        where s.session_hash = :hash and s.expires_at > engine_now()
                        """)
                .param("hash", session.hash())
                .query(KeyTable::key)
                .optional());
  }

  @Override
  public void logout(Secret session) {
    database.commit(
        Fact.LOGOUT,
        () -> {
          database
              .jdbc()
              .sql("delete from api_sessions where session_hash = :hash")
              .param("hash", session.hash())
              .update();
        });
  }

  private static ApiKey key(ResultSet row, int number) throws SQLException {
    return new ApiKey(
        row.getObject("key_id", UUID.class),
        new Principal(
            row.getString("name"),
            texts(row.getArray("permissions")),
            Optional.ofNullable(row.getArray("namespaces")).map(KeyTable::texts)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        StepPageReads.instant(row, "revoked_at"),
        row.getBoolean("good"));
  }

  private static Set<String> texts(Array array) {
    try {
      return new HashSet<>(Arrays.asList((String[]) array.getArray()));
    } catch (SQLException e) {
      throw new IllegalStateException("an array of texts cannot be read", e);
    }
  }
}
