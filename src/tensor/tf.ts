/**
 * The names under which the rest of the house knows TensorFlow.js. Only types: the library is loaded by a back end, never by an import.
 */
import type * as tfjs from "@tensorflow/tfjs"

/** The library with its back end set and its mends installed; everything that computes on tensors receives it as an argument. */
export type Tf = typeof tfjs

export type Tensor = tfjs.Tensor
export type Tensor1D = tfjs.Tensor1D
export type Tensor2D = tfjs.Tensor2D
export type Tensor3D = tfjs.Tensor3D
export type Tensor4D = tfjs.Tensor4D
export type Scalar = tfjs.Scalar
export type Variable = tfjs.Variable
export type DataType = tfjs.DataType

export type TensorInfo = tfjs.TensorInfo
export type KernelFunc = tfjs.KernelFunc
export type KernelBackend = tfjs.KernelBackend
export type GradConfig = tfjs.GradConfig
