"""Makes minilm-l6-v2-s8.onnx from the published weights of all-MiniLM-L6-v2; README.md says how and why.

python export.py model.safetensors minilm-l6-v2-s8.onnx        (a third argument: unquantised, to compare with)
Needs numpy, onnx and safetensors.
"""
import sys, numpy as np, onnx
from onnx import helper as h, numpy_helper as nh, TensorProto as T
from safetensors.numpy import load_file
W={k.replace('bert.',''):v for k,v in load_file(sys.argv[1]).items()}
F32=len(sys.argv)>3

init=[];nodes=[];cnt=[0];quantised={}
def I(n,a): init.append(nh.from_array(np.ascontiguousarray(a),n)); return n
def N(op,ins,outs=1,name=None,**a):
    cnt[0]+=1; o=[name] if name else [f't{cnt[0]}' + ('' if i==0 else f'_{i}') for i in range(outs)]
    nodes.append(h.make_node(op,ins,o,name=f'n{cnt[0]}',**a)); return o[0] if outs==1 else o
def s8(w,axis):
    scale=(np.abs(w).max(axis=axis,keepdims=True)/127).astype(np.float32)
    return np.clip(np.rint(w/scale),-127,127).astype(np.int8), scale
def lin(x,p):
    w=W[p+'.weight'].T
    if F32: y=N('MatMul',[x,I(p+'.w',w)])
    else:
        if x not in quantised: quantised[x]=N('DynamicQuantizeLinear',[x],outs=3)
        q,s,z=quantised[x]
        wq,ws=s8(w,0)
        y=N('Mul',[N('Cast',[N('MatMulInteger',[q,I(p+'.w',wq),z])],to=T.FLOAT),N('Mul',[s,I(p+'.s',ws[0])])])
    return N('Add',[y,I(p+'.b',W[p+'.bias'])])
def ln(x,p): return N('LayerNormalization',[x,I(p+'.g',W[p+'.weight']),I(p+'.b',W[p+'.bias'])],axis=-1,epsilon=1e-12)
we=W['embeddings.word_embeddings.weight']
if F32: e=N('Gather',[I('we',we),'input_ids'],axis=0)
else:
    wq,ws=s8(we,1)
    e=N('Mul',[N('Cast',[N('Gather',[I('we',wq),'input_ids'],axis=0)],to=T.FLOAT),N('Gather',[I('we.s',ws),'input_ids'],axis=0)])
shape=N('Shape',['input_ids']); n=N('Gather',[shape,I('one',np.array([1],np.int64))],axis=0)
pe=I('pe',(W['embeddings.position_embeddings.weight']+W['embeddings.token_type_embeddings.weight'][0])[None,:256])
pos=N('Slice',[pe,I('z0',np.array([0],np.int64)),n,I('ax1',np.array([1],np.int64))])
x=ln(N('Add',[e,pos]),'embeddings.LayerNorm')
sh=I('sh',np.array([0,-1,12,32],np.int64)); sh2=I('sh2',np.array([0,-1,384],np.int64)); sc=I('sc',np.array(1/np.sqrt(32),np.float32)); r2=I('r2',np.array(np.sqrt(.5),np.float32)); half=I('half',np.array(.5,np.float32)); onef=I('onef',np.array(1,np.float32))
for l in range(6):
    p=f'encoder.layer.{l}.'
    q,k,v=[N('Transpose',[N('Reshape',[lin(x,p+f'attention.self.{m}'),sh])],perm=[0,2,3,1] if m=='key' else [0,2,1,3]) for m in('query','key','value')]
    a=N('Softmax',[N('Mul',[N('MatMul',[q,k]),sc])],axis=-1)
    c=N('Reshape',[N('Transpose',[N('MatMul',[a,v])],perm=[0,2,1,3]),sh2])
    x=ln(N('Add',[x,lin(c,p+'attention.output.dense')]),p+'attention.output.LayerNorm')
    f=lin(x,p+'intermediate.dense'); g=N('Mul',[N('Mul',[f,half]),N('Add',[N('Erf',[N('Mul',[f,r2])]),onef])])
    x=N('LayerNormalization',[N('Add',[x,lin(g,p+'output.dense')]),I(p+'output.LayerNorm.g',W[p+'output.LayerNorm.weight']),I(p+'output.LayerNorm.b',W[p+'output.LayerNorm.bias'])],axis=-1,epsilon=1e-12,name='states' if l==5 else None)
    if l==3: N('ReduceMean',[x],axes=[1],keepdims=0,name='layer4')
m=N('ReduceMean',[x],axes=[1],keepdims=0); nn=N('ReduceL2',[m],axes=[1],keepdims=1); N('Div',[m,nn],name='embedding')
out=[h.make_tensor_value_info('embedding',T.FLOAT,[1,384]),h.make_tensor_value_info('layer4',T.FLOAT,[1,384]),h.make_tensor_value_info('states',T.FLOAT,[1,'n',384])]
g=h.make_graph(nodes,'minilm',[h.make_tensor_value_info('input_ids',T.INT64,[1,'n'])],out,init)
mod=h.make_model(g,opset_imports=[h.make_opsetid('',17)]); mod.ir_version=9; onnx.checker.check_model(mod); onnx.save(mod,sys.argv[2])
