package io.bactrian.store;

import io.bactrian.step.Leases;
import io.bactrian.step.StepLease;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Claims and leases on {@code workflow_steps}: one statement each, whatever the number of steps.
 */
public final class LeaseTable implements Leases {
  private final Database database;
  private final String actor;
  private final StepTable steps;

  public LeaseTable(Database database, String actor) {
    this.database = database;
    this.actor = actor;
    this.steps = new StepTable(database);
  }

  /**
   * Walks the tasks at work, that one first whose next step has the smallest turn, and takes ready
   * steps of each until there are enough, so that the ready steps of a task that this node must
   * leave alone cost nothing. A limit is locked before steps under it are taken; one that somebody
   * else holds right now is passed, and so are all when the node may take no such steps.
   */
  static final String CLAIM =
      """
      with open as (
        select t.task_uuid from tasks t
        cross join lateral (
          select least(
            (select s.turn from workflow_steps s
             where s.task_uuid = t.task_uuid and s.state = 'enqueued' and not s.limited
             order by s.turn limit 1),
            (select min(first.turn) from worker_limits l cross join lateral (
               select s.turn from workflow_steps s
               where s.task_uuid = l.task_uuid and s.template_step = l.template_step
                 and s.state = 'enqueued' and s.limited
               order by s.batch_index limit 1) first
             where l.task_uuid = t.task_uuid and l.in_progress < l.max_parallel)) as turn) next
        where t.state = 'steps_in_process' and next.turn is not null
          and (not :limited or t.task_uuid = any(cast(:tasks as uuid[])))
          and (t.owner_node is null or t.owner_node = :node or not exists (
            select 1 from nodes n
            where n.node_uuid = t.owner_node and n.alive_until > (select engine_now())))
          and not exists (
            select 1 from input_sightings i
            where i.task_uuid = t.task_uuid and i.node_uuid = :node
              and i.stays_away_until > (select engine_now()))
        order by next.turn, t.created_at, t.task_uuid),
      due as (
        select found.step_uuid from (
          select ready.step_uuid, ready.limited,
                 count(*) filter (where ready.limited) over (rows unbounded preceding) as nth
          from open cross join lateral (
            select free.step_uuid, false as limited from (
              select s.step_uuid from workflow_steps s
              where s.task_uuid = open.task_uuid and s.state = 'enqueued' and not s.limited
                and s.route_id = any(cast(:routes as text[]))
              order by s.turn, s.created_at, s.batch_index limit :most for update skip locked) free
            union all
            select worker.step_uuid, true from (
              select l.template_step, l.max_parallel - l.in_progress as free from worker_limits l
              where l.task_uuid = open.task_uuid and l.in_progress < l.max_parallel and :permits > 0
              for update skip locked) room
            cross join lateral (
              select s.step_uuid from workflow_steps s
              where s.task_uuid = open.task_uuid and s.template_step = room.template_step
                and s.state = 'enqueued' and s.limited and s.route_id = any(cast(:routes as text[]))
              order by s.batch_index limit least(room.free, :most, :permits) for update skip locked) worker) ready) found
        where not found.limited or found.nth <= :permits
        limit :most),
      moved as (
        update workflow_steps s
        set state = 'in_progress', attempts = s.attempts + 1, epoch = s.epoch + 1, node_uuid = :node,
            lease_until = engine_now() + :ttl * interval '1 millisecond', claimed_at = engine_now(),
            started_at = coalesce(s.started_at, engine_now())
        from due where s.step_uuid = due.step_uuid
        returning s.*),
      logged as (
        insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
        select step_uuid, 'enqueued', state, epoch, :actor, 'claimed' from moved)
      select m.step_uuid, m.task_uuid, m.name, m.template_step, m.type, m.route_id, m.attempts,
             m.max_attempts, m.epoch, m.limited, m.inputs, t.context, t.base_folder, t.trace_parent,
             coalesce(g.expected, 0) as expected, c.position, c.byte_offset, c.partial,
             c.records_read, c.records_written, c.records_filtered, c.records_rejected,
             c.range_crc, c.cursor
      from moved m
      join tasks t on t.task_uuid = m.task_uuid
      left join step_gates g on g.step_uuid = m.step_uuid
      left join checkpoints c on c.step_uuid = m.step_uuid
      order by m.turn, m.created_at, m.batch_index
      """;

  @Override
  public List<StepLease> claim(Claim claim, int limit) {
    return database.commit(
        Fact.CLAIM,
        () ->
            database
                .jdbc()
                .sql(CLAIM)
                .param("routes", SqlArrays.texts(claim.routeIds()))
                .param("limited", claim.limited())
                .param("tasks", SqlArrays.uuids(claim.onlyTasks()))
                .param("node", claim.node())
                .param("ttl", claim.ttl().toMillis())
                .param("most", limit)
                .param("permits", claim.permits())
                .param("actor", actor)
                .query(LeaseRow::read)
                .list());
  }

  /** A row that its own chunk's transaction holds is not waited for; nobody else can take it. */
  private static final String RENEW =
      """
      with held as (
        select s.step_uuid, s.epoch, t.state = 'paused' as paused
        from unnest(cast(:steps as uuid[]), cast(:epochs as int[])) as lease (step_uuid, epoch)
        join workflow_steps s on s.step_uuid = lease.step_uuid and s.epoch = lease.epoch
        join tasks t on t.task_uuid = s.task_uuid
        where s.state = 'in_progress'),
      free as (
        select s.step_uuid from workflow_steps s join held on held.step_uuid = s.step_uuid
        where s.epoch = held.epoch and s.state = 'in_progress'
        order by s.step_uuid for update of s skip locked),
      renewed as (
        update workflow_steps s
        set lease_until = engine_now() + :ttl * interval '1 millisecond'
        from free where s.step_uuid = free.step_uuid)
      select step_uuid, epoch, paused from held
      """;

  @Override
  public List<Renewal> renew(Collection<StepLease.Key> leases, Duration ttl) {
    return database.commit(
        Fact.RENEW,
        () ->
            database
                .jdbc()
                .sql(RENEW)
                .param("ttl", ttl.toMillis())
                .param(
                    "steps", SqlArrays.uuids(leases.stream().map(StepLease.Key::stepUuid).toList()))
                .param(
                    "epochs", leases.stream().map(k -> (Integer) k.epoch()).toArray(Integer[]::new))
                .query(
                    (row, n) ->
                        new Renewal(
                            new StepLease.Key(row.getObject(1, UUID.class), row.getInt(2)),
                            row.getBoolean(3)))
                .list());
  }

  @Override
  public void release(StepLease lease, String reason) {
    database.commit(Fact.RELEASE, () -> steps.release(lease, actor, reason));
  }

  @Override
  public boolean connectionWasLost() {
    return database.connectionWasLost();
  }

  private static final String RECLAIM =
      """
      with lost as (
        select step_uuid from workflow_steps
        where state = 'in_progress'
          and (lease_until < (select engine_now()) or node_uuid = any(cast(:dead as uuid[])))
        for update skip locked),
      moved as (
        update workflow_steps s
        set state = 'enqueued', attempts = s.attempts - 1, lease_until = null, node_uuid = null
        from lost where s.step_uuid = lost.step_uuid
        returning s.step_uuid, s.state, s.epoch)
      insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason)
      select step_uuid, 'in_progress', state, epoch, :actor, 'lease lost' from moved
      """;

  @Override
  public int reclaimExpired() {
    return reclaimFrom(List.of());
  }

  @Override
  public int reclaimFrom(Collection<UUID> deadNodes) {
    return database.commit(
        Fact.RECLAIM,
        () ->
            database
                .jdbc()
                .sql(RECLAIM)
                .param("dead", SqlArrays.uuids(deadNodes))
                .param("actor", actor)
                .update());
  }
}
