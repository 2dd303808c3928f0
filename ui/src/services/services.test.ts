import { describe, expect, it } from 'vitest';

import { fault } from '../backend/scripted/fault';
import { keyRefused, services as examples } from '../backend/scripted/offices';
import { Scripted, type Script } from '../backend/scripted/scripted';
import { ModelsController } from '../models/modelsController.svelte';
import { addressOf, isHere, variableOf } from './kinds';
import { ServiceForm } from './serviceForm.svelte';
import { ServicesController } from './servicesController.svelte';

async function begin(script: Script = {}) {
  const backend = new Scripted({ pace: 0, services: examples, ...script });
  const models = new ModelsController(backend);
  const services = new ServicesController(backend, models);
  await Promise.all([models.refresh(), services.refresh()]);
  return { backend, models, services };
}

describe('a test', () => {
  it('that goes well makes the model one to choose', async () => {
    const { services, models } = await begin();
    expect(await services.test('office', 'claude-sonnet-4-5')).toBe(true);
    expect(services.trialOf('office')).toMatchObject({ is: 'over', test: { ok: true } });
    expect(services.modelOf('office')).toBe('claude-sonnet-4-5');
    expect(models.remote).toEqual(['office:claude-sonnet-4-5']);
  });

  it('that does not go well says what was found', async () => {
    const { services, models } = await begin({ tests: { office: keyRefused } });
    expect(await services.test('office', 'claude-sonnet-4-5')).toBe(false);
    expect(services.trialOf('office')).toMatchObject({ is: 'over', test: keyRefused });
    expect(models.remote).toEqual([]);
  });

  it('that could not be made is a fault', async () => {
    const tests = { office: fault('service-unreachable', 'No network.') };
    const { services } = await begin({ tests });
    await services.test('office', 'claude-sonnet-4-5');
    expect(services.trialOf('office')).toMatchObject({ is: 'faulty' });
  });
});

it('says why there is no list', async () => {
  const { services } = await begin({ servicesFault: fault('internal', 'No.') });
  expect([services.isLoaded, services.fault?.code]).toEqual([true, 'internal']);
});

it('forgets a service with its models', async () => {
  const { services, models } = await begin();
  await services.test('office', 'claude-sonnet-4-5');
  expect(await services.remove('office')).toBeNull();
  expect([services.find('office'), services.trialOf('office')]).toEqual([null, null]);
  expect(models.remote).toEqual([]);
});

describe('the form', () => {
  it('suggests a free name by the kind until one is written', async () => {
    const { services } = await begin({
      services: examples.map((one) => ({ ...one, name: 'anthropic' })),
    });
    const form = new ServiceForm(services);
    expect(form.name).toBe('openai');
    form.kind = 'anthropic';
    expect(form.name).toBe('anthropic-2');
    form.name = 'anthropic';
    form.kind = 'gemini';
    expect([form.name, form.isTaken, await form.save()]).toEqual(['anthropic', true, false]);
  });

  it('hands the key over and keeps none of it', async () => {
    const { services, backend } = await begin({ services: [], hasKeychain: false });
    const form = new ServiceForm(services);
    form.name = ' work ';
    form.address = ' ';
    form.key = 'sk-secret';
    expect(await form.save()).toBe(true);
    expect(form.key).toBe('');
    expect(backend.offices.keys.get('work')).toBe('sk-secret');
    expect(services.all).toEqual([
      { name: 'work', kind: 'openai', baseUrl: null, keyPlace: 'session' },
    ]);
  });

  it('changes a service and leaves its key when none is written', async () => {
    const { services } = await begin();
    const form = new ServiceForm(services, services.find('office'));
    form.address = 'https://proxy.example.com';
    await form.save();
    expect(services.find('office')).toMatchObject({
      baseUrl: 'https://proxy.example.com',
      keyPlace: 'keychain',
    });
  });

  it('says why it was refused, and keeps what was written', async () => {
    const { services } = await begin();
    const form = new ServiceForm(services);
    form.name = 'My Office';
    form.key = 'sk-secret';
    expect(await form.save()).toBe(false);
    expect([form.fault?.code, form.key]).toEqual(['service-misconfigured', 'sk-secret']);
  });
});

it('knows an address of this machine', () => {
  const at = (baseUrl: string | null) => ({ name: 'x', kind: 'ollama' as const, baseUrl });
  expect(addressOf(at(null))).toBe('http://127.0.0.1:11434');
  expect([null, 'http://localhost:1234/v1', 'http://[::1]/'].map((url) => isHere(at(url)))).toEqual(
    [true, true, true],
  );
  expect(['https://127.example.com', 'nonsense'].map((url) => isHere(at(url)))).toEqual([
    false,
    false,
  ]);
});

it('names the variable of a key as the desk does', () => {
  expect(variableOf('my-openai')).toBe('DESKHAND_KEY_MY_OPENAI');
});
