export { defineHostMethod, type HostMethodDescriptor } from './host/host-method.ts';
