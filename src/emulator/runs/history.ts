import { createHash, createHmac } from 'node:crypto';
import { accessEndpoint } from '../arm/providers/workflows.ts';
import type { ActionRecord, ArmResource, Run } from '../state.ts';
import type { World } from '../world.ts';

/** What a signature in an address stands for: whoever has the address may use it. */
export function signature({ id, properties }: ArmResource, what: string): string {
  return createHmac('sha256', `${id.toLowerCase()} ${properties.createdTime}`).update(what).digest('base64url');
}

/** A run as the management API shows it. */
export function runView(world: World, workflow: ArmResource, run: Run) {
  const { name, status, code, error, startTime, endTime, correlationId, trigger } = run;
  return {
    id: `${workflow.id}/runs/${name}`,
    name,
    type: 'Microsoft.Logic/workflows/runs',
    properties: {
      startTime,
      ...(endTime !== undefined && { endTime }),
      status,
      ...(code !== undefined && { code }),
      ...(error && { error }),
      correlation: { clientTrackingId: correlationId },
      workflow: {
        id: `${workflow.id}/versions/${workflow.properties.version}`,
        name: workflow.properties.version,
        type: 'Microsoft.Logic/workflows/versions',
      },
      trigger: {
        name: trigger.name,
        ...links(world, workflow, run, trigger),
        startTime: trigger.startTime,
        endTime: trigger.endTime,
        correlation: { clientTrackingId: correlationId },
        status: trigger.status,
        code: trigger.code,
      },
      outputs: {},
    },
  };
}

export function actionView(world: World, workflow: ArmResource, run: Run, action: ActionRecord) {
  const { name, startTime, endTime, status, code, error, trackingId } = action;
  return {
    id: `${workflow.id}/runs/${run.name}/actions/${name}`,
    name,
    type: 'Microsoft.Logic/workflows/runs/actions',
    properties: {
      ...links(world, workflow, run, action),
      startTime,
      endTime,
      correlation: { actionTrackingId: trackingId, clientTrackingId: run.correlationId },
      status,
      code,
      ...(error && { error }),
    },
  };
}

/** Where the contents are had; what is secured has no link. Source: docs/facts/run-history.md#hiding-inputs-and-outputs. */
export function links(
  world: World,
  workflow: ArmResource,
  run: Run,
  { name, inputs, outputs, isInputSecured, isOutputSecured }: ActionRecord,
) {
  const link = (part: 'inputs' | 'outputs', contents: unknown) => {
    const path = `/runs/${run.name}/contents/${encodeURIComponent(name)}/${part}`;
    const text = JSON.stringify(contents);
    return {
      uri: `${accessEndpoint(world, workflow)}${path}?api-version=2016-10-01&sig=${signature(workflow, path)}`,
      contentSize: Buffer.byteLength(text),
      contentVersion: `"${createHash('md5').update(text).digest('base64')}"`,
    };
  };
  return {
    ...(inputs !== undefined && !isInputSecured && { inputsLink: link('inputs', inputs) }),
    ...(outputs !== undefined && !isOutputSecured && { outputsLink: link('outputs', outputs) }),
  };
}
