import { MeshStandardMaterial, type Material } from 'three';
import { EYE } from './skull';

export interface Materials {
  readonly skin: Material;
  readonly lid: Material;
  readonly eye: Material;
  readonly hair: Material;
  readonly cloth: Material;
  readonly gloss: Material;
}

export function createMaterials(): Materials {
  return {
    skin: skinMaterial(),
    lid: new MeshStandardMaterial({ vertexColors: true, roughness: 0.6 }),
    eye: new MeshStandardMaterial({ vertexColors: true, roughness: 0.28 }),
    hair: new MeshStandardMaterial({ vertexColors: true, roughness: 0.6 }),
    cloth: new MeshStandardMaterial({ vertexColors: true, roughness: 0.95 }),
    gloss: new MeshStandardMaterial({ vertexColors: true, roughness: 0.35 }),
  };
}

/**
 * Light goes some way through skin: its shadows are warm, and its outline glows. The openings of the eyes are cut out here, by the place of
 * the skin at rest, for a mesh would have to be very fine to have so smooth a rim.
 */
function skinMaterial(): Material {
  const material = new MeshStandardMaterial({ vertexColors: true, roughness: 0.58 });
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nvarying vec3 vRest;')
      .replace('#include <begin_vertex>', '#include <begin_vertex>\nvRest = position;');
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\nvarying vec3 vRest;\n${EYE_DISTANCE}`)
      .replace(
        '#include <color_fragment>',
        `#include <color_fragment>
         float rim = vRest.z > 0.3 ? eyeDistance(vRest.xy) : 2.0;
         if (rim < 1.0) discard;
         diffuseColor.rgb *= mix(vec3(0.62, 0.45, 0.4), vec3(1.0), smoothstep(1.0, 1.1, rim));`,
      )
      .replace(
        '#include <opaque_fragment>',
        `float edge = pow(1.0 - saturate(dot(normal, normalize(vViewPosition))), 3.0);
         float shade = 1.0 - saturate(dot(normal, normalize(vec3(0.35, 0.5, 0.8))));
         outgoingLight += diffuseColor.rgb * (vec3(0.32, 0.13, 0.09) * shade + vec3(0.3, 0.2, 0.18) * edge);
         #include <opaque_fragment>`,
      );
  };
  return material;
}

/** `eyeDistance` of skull.ts, for the shader. */
const EYE_DISTANCE = `
float eyeDistance(vec2 p) {
  float dx = (abs(p.x) - ${EYE.x}) / ${EYE.halfWidth};
  float dy = p.y - ${EYE.y} - 0.02 * dx;
  return length(vec2(dx, dy / (dy > 0.0 ? ${EYE.above} : ${EYE.below})));
}`;
