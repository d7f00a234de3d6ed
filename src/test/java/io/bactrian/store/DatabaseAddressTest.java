package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseAddressTest {
  @Test
  void bothFormsAreRead() {
    var expected = new DatabaseAddress("db", 6543, "jobs", "me", "se:cret", "");

    assertThat(DatabaseAddress.parse("postgresql://me:se%3Acret@db:6543/jobs")).isEqualTo(expected);
    assertThat(DatabaseAddress.parse("jdbc:postgresql://db:6543/jobs?user=me&password=se%3Acret"))
        .isEqualTo(expected);
  }

  @Test
  void thePortDefaultsAndOptionsStay() {
    DatabaseAddress address = DatabaseAddress.parse("postgres://me@db/jobs?sslmode=require");

    assertThat(address.port()).isEqualTo(5432);
    assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5432/jobs?sslmode=require");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "mysql://db/x", "postgresql://db", "postgresql:///x", "jdbc:::"})
  void anythingElseNamesTheSetting(String url) {
    assertThatThrownBy(() -> DatabaseAddress.parse(url))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("bactrian.database.url");
  }
}
