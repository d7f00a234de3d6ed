package io.bactrian.store;

import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the tasks of each kept template stay: its key {@code retention}, as the environment has
 * it, else the default. Read from the kept content, so that it holds also for versions that no file
 * has any more.
 *
 * @param environment the setting {@code bactrian.environment}
 * @param otherwise the setting {@code bactrian.retention}
 */
public record RetentionRules(String environment, Optional<Duration> otherwise) {

  /** A common table {@code keeps}: template_id, keep; of those that keep for ever, keep is null. */
  static final String KEEPS =
      """
      keeps as (
        select template_id,
               case when days = 'forever' then null
                    when days is not null then cast(days as int) * interval '1 day'
                    else cast(:seconds as bigint) * interval '1 second' end as keep
        from task_templates p cross join lateral (
          select coalesce(
            p.definition #>> array['environments', :environment, 'retention', 'days'],
            p.definition #>> '{retention,days}') as days) said)
      """;

  JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement) {
    return statement
        .param("environment", environment)
        .param("seconds", otherwise.map(Duration::toSeconds).orElse(null));
  }
}
